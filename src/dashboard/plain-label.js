/** A figure's labels are escaped for Plotly, which reads markup; the page writes text and needs them plain. */

/** @type {Record<string, string>} */
const characters = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/**
 * @param {unknown} label
 * @returns {string}
 */
export function plainLabel(label) {
  if (typeof label !== 'string') return ''
  return label.replace(/&(?:lt|gt|amp);/g, (entity) => characters[entity] ?? entity)
}
