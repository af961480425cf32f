/** An answer as Markdown, for clients that show text: what it says, its SQL, and a small table. */
import type { Answer, AnsweredQuestion, FailedQuestion } from '../agents/answer.js'
import { formatValue } from '../agents/text/format-value.js'

/** Rows shown; the rest is counted. */
const maxTableRows = 20
const maxCellLength = 200

export function answerMarkdown(answer: Answer): string {
  const parts = answer.ok ? partsOfAnswer(answer) : partsOfFailure(answer)
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Character by character, so that a text may come in pieces: no part of it is a link, a picture, a tag or code. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*[\]<|]/g, '\\$&')
}

function partsOfAnswer(answer: AnsweredQuestion): readonly string[] {
  const { text, clarification, sql, warnings } = answer
  return [
    markdownText(text),
    listOf((clarification?.choices ?? []).map(({ label }) => label)),
    sql === undefined ? '' : sqlBlock(sql),
    tableOf(answer),
    listOf(warnings.map((warning) => `Note: ${warning}`)),
  ]
}

function partsOfFailure({ error, sql, suggestions }: FailedQuestion): readonly string[] {
  return [
    markdownText(error.message),
    listOf(error.hints),
    sql === undefined ? '' : sqlBlock(sql),
    suggestions.length === 0 ? '' : `Questions that will work:\n\n${listOf(suggestions)}`,
  ]
}

function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${inOneLine(line)}`).join('\n')
}

/** Between more backticks than there are in it. */
function sqlBlock(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sql\n${sql}\n${fence}`
}

function tableOf({ columns, rows, rowCount, truncated }: AnsweredQuestion): string {
  if (rows.length === 0) return ''
  const shown = rows.slice(0, maxTableRows)
  const lines = [
    columns.map(({ name }) => cell(name)),
    columns.map(({ kind }) => (kind === 'number' ? '--:' : '---')),
    ...shown.map((row) => columns.map(({ kind }, at) => cell(formatValue(row[at] ?? null, kind)))),
  ].map((cells) => `| ${cells.join(' | ')} |`)
  const left = rowCount - shown.length
  const more = left > 0 ? `\n\n… ${left}${truncated ? ' or more' : ''} further rows` : ''
  return `${lines.join('\n')}${more}`
}

function cell(text: string): string {
  const line = inOneLine(text)
  return line.length > maxCellLength ? `${line.slice(0, maxCellLength - 1)}…` : line
}

function inOneLine(text: string): string {
  return markdownText(text.replace(/\s+/g, ' ').trim())
}
