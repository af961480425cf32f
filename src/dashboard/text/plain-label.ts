/** A figure's labels are escaped for Plotly, which reads markup; the page writes text and needs them plain. */

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

export function plainLabel(label: unknown): string {
  if (typeof label !== 'string') return ''
  return label.replace(/&(?:lt|gt|amp);/g, (entity) => characters[entity] ?? entity)
}

/** Longest text that Plotly is given for one label, in characters. */
const maxLabelLength = 200

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Any text as a label that Plotly shows as it is: no markup, no control or direction-changing characters. */
export function chartLabel(text: string, maxLength = maxLabelLength): string {
  const plain = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
  const letters = [...plain]
  const short = letters.length > maxLength ? `${letters.slice(0, maxLength - 1).join('')}…` : plain
  return short.replace(/[&<>]/g, (character) => entities[character] ?? '')
}
