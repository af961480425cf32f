/** A figure's labels are escaped for Plotly, which reads markup; the page writes text and needs them plain. */

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

export function plainLabel(label: unknown): string {
  if (typeof label !== 'string') return ''
  return label.replace(/&(?:lt|gt|amp);/g, (entity) => characters[entity] ?? entity)
}
