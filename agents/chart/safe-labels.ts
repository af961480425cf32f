/** Labels of one axis: harmless, and different wherever the rows are, since Plotly draws equal ones on one place. */
import { safeLabel } from './safe-label.js'

export function safeLabels(labels: readonly (string | number)[]): readonly string[] {
  const seen = new Map<string, number>()
  return labels.map((label) => {
    const text = safeLabel(String(label))
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    return count === 1 ? text : `${text} (${count})`
  })
}
