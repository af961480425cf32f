/** Rows as a plain table for the terminal. */
import { formatValue } from '../../agents/text/format-value.js'
import type { Value } from '../../data/catalog.js'
import type { ResultColumn } from '../../data/database.js'

const widestCell = 40

export function textTable(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Value[])[],
): string {
  const cells = rows.map((row) =>
    columns.map(({ kind }, at) => cut(formatValue(row[at] ?? null, kind))),
  )
  const lines = [columns.map(({ name }) => cut(name)), ...cells]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  const layout = (line: readonly string[]) =>
    line
      .map((text, at) =>
        columns[at]?.kind === 'number'
          ? text.padStart(widths[at] ?? 0)
          : text.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  const [head, ...body] = lines
  return [layout(head ?? []), rule, ...body.map(layout)].join('\n')
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > widestCell ? `${line.slice(0, widestCell - 1)}…` : line
}
