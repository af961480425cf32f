/** When two questions count as the same: letter case, spaces and closing marks do not matter, every word does. */

export function normaliseQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s?!.;:,]+$/, '')
}
