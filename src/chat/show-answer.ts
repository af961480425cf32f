/** An answer on a screen: the text, a chart and a table, what to choose from. */
import type { Answer, AnsweredQuestion, Choice } from '../../agents/answer.js'
import { textTable } from '../commands/text-table.js'
import type { Screen } from './screen.js'
import { terminalChart } from './terminal-chart.js'

/** Rows shown unasked; `\table` shows more. */
const fewRows = 10
const manyRows = 200

export function showAnswer(screen: Screen, answer: Answer): void {
  if (answer.ok) showAnswered(screen, answer)
  else if (answer.error.code === 'cancelled') screen.write('Cancelled.', 'faint')
  else {
    screen.write(answer.error.message, 'wrong')
    for (const hint of answer.error.hints) screen.write(hint)
    showChoices(screen, choicesAfter(answer))
  }
}

function showAnswered(screen: Screen, answer: AnsweredQuestion): void {
  screen.write(answer.text, 'strong')
  showChart(screen, answer)
  showTable(screen, answer, fewRows)
  for (const warning of answer.warnings) screen.write(`Note: ${warning}`, 'faint')
  showChoices(screen, choicesAfter(answer))
}

/** False where there is none that characters can show. */
export function showChart(screen: Screen, { figure, chartKind }: AnsweredQuestion): boolean {
  const chart = figure && chartKind && terminalChart(chartKind, figure, screen.width)
  if (chart === undefined) return false
  screen.write(chart, 'chart')
  return true
}

export function showTable(screen: Screen, answer: AnsweredQuestion, most = manyRows): void {
  const { columns, rows, rowCount, truncated } = answer
  if (rows.length < 2 && columns.length < 2) return
  const shown = rows.slice(0, most)
  const lines = textTable(columns, shown).split('\n')
  for (const line of lines) {
    screen.write(line.length > screen.width ? `${line.slice(0, screen.width - 1)}…` : line)
  }
  const left = rowCount - shown.length
  const more = most < manyRows && left > 0 ? '; \\table shows more' : ''
  if (left > 0) screen.write(`… ${left}${truncated ? ' or more' : ''} further rows${more}`, 'faint')
}

export function showChoices(screen: Screen, choices: readonly Choice[]): void {
  choices.forEach(({ label }, at) => {
    screen.write(`  ${at + 1}  ${label}`)
  })
  if (choices.length > 0) screen.write('Type a number to choose, or ask something else.', 'faint')
}

/** What a number may stand for after this answer. */
export function choicesAfter(answer: Answer): readonly Choice[] {
  if (answer.ok && answer.clarification) return answer.clarification.choices
  return answer.ok ? [] : questionsToChoose(answer.suggestions)
}

export function questionsToChoose(questions: readonly string[]): readonly Choice[] {
  return questions.map((question) => ({ label: question, value: question }))
}
