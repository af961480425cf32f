/** Makes any text harmless inside a Plotly label, which reads `<a href>`, `<b>`, entities and line breaks. */
import { shorten } from '../text/humanise.js'

/** Longest text Plotly is ever given for one label, in characters. */
const maxLabelLength = 200

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Escapes markup, drops control and direction-changing characters, and cuts very long text. */
export function safeLabel(text: string, maxLength: number = maxLabelLength): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
  return shorten(plain, maxLength).replace(/[&<>]/g, (character) => entities[character] ?? '')
}
