/** An answer as Markdown: the question, the text, the rows that are here, the SQL. */
import type { Value } from '../../../data/catalog.js'
import type { Turn } from '../chat/turn-state.js'
import { codeBlock, markdownText } from './conversation-file.js'

export function answerAsMarkdown({ question, text, data, sql }: Turn): string {
  const parts = [
    `## ${markdownText(question)}`,
    markdownText(text),
    data && data.columns.length > 0 ? tableOf(data) : '',
    data?.truncated ? '…' : '',
    sql ? codeBlock(sql.sql) : '',
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function tableOf({ columns, rows }: NonNullable<Turn['data']>): string {
  const head = columns.map(({ name }) => markdownText(name))
  const rule = columns.map(({ kind }) => (kind === 'number' ? '--:' : '---'))
  return [head, rule, ...rows.map((row) => row.map(cellOf))].map(lineOf).join('\n')
}

function cellOf(value: Value): string {
  return value === null ? '' : markdownText(String(value))
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
