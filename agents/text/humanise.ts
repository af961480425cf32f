/** Turns identifiers into words a reader would use. */

/** `total_amount` → `total amount`, `listPrice` → `list price`; text that already has spaces is kept. */
export function humanise(identifier: string): string {
  const bare = identifier.replace(/^["`[]|["`\]]$/g, '').trim()
  if (/\s/.test(bare)) return bare
  const spaced = bare
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
  return spaced === '' ? bare : spaced.toLowerCase()
}

/** Raises the first letter only: `sales in North` → `Sales in North`. */
export function sentenceCase(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

/** Cuts at a word where one is near, and marks the cut with `…`. */
export function shorten(text: string, maxLength: number): string {
  const letters = [...text]
  if (letters.length <= maxLength) return text
  const cut = letters.slice(0, maxLength - 1).join('')
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > maxLength * 0.6 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`
}
