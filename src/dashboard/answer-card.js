/** One answer, filled in as its events arrive and completed by the last one. */
import { chartView } from './chart.js'
import { element } from './element.js'
import { countOf, formatMilliseconds } from './format.js'
import { howView } from './how.js'
import { numberCards } from './number-cards.js'
import { questionChips } from './question-chips.js'
import { sqlView } from './sql.js'
import { tableView } from './table.js'
import { createTabs } from './tabs.js'

/** @typedef {import('../../agents/answer.js').Answer} Answer */
/** @typedef {import('../../agents/answer.js').AnsweredQuestion} AnsweredQuestion */
/** @typedef {import('../../agents/answer-event.js').AnswerEvent} AnswerEvent */
/** @typedef {{ code: string, message: string, hints: readonly string[] }} Failure */

/** @param {import('./turn.js').TurnActions} actions */
export function createAnswerCard({ onAsk, onEdit }) {
  const rewritten = element('p', { class: 'rewritten', hidden: true })
  const text = element('p', { class: 'answer-text' })
  const problem = element('div', { class: 'problem', role: 'alert', hidden: true })
  const tabs = createTabs()
  const choices = element('ul', { class: 'chips choices', 'aria-label': 'Choices', hidden: true })
  const warnings = element('ul', { class: 'warnings', 'aria-label': 'Warnings', hidden: true })
  const facts = element('p', { class: 'facts', hidden: true })
  const suggestions = element('div', { class: 'follow-ups', hidden: true })
  const spoken = element('div', { 'aria-live': 'polite', 'aria-busy': 'true' }, text)
  const node = element(
    'div',
    { class: 'answer' },
    rewritten,
    spoken,
    problem,
    choices,
    tabs.node,
    warnings,
    facts,
    suggestions,
  )

  /** @param {readonly string[]} messages */
  function showWarnings(messages) {
    warnings.hidden = messages.length === 0
    warnings.replaceChildren(...messages.map((message) => element('li', {}, message)))
  }

  /**
   * @param {readonly string[]} questions
   * @param {string} [heading]
   */
  function showSuggestions(questions, heading = 'Ask next') {
    suggestions.hidden = questions.length === 0
    suggestions.replaceChildren(
      element('h3', {}, heading),
      element('ul', { class: 'chips' }, questionChips(questions, onAsk)),
    )
  }

  /** @param {import('../../agents/answer.js').Clarification} clarification */
  function showChoices({ question, choices: offered }) {
    text.textContent = question
    choices.hidden = false
    choices.replaceChildren(
      ...offered.map(({ label, value }) =>
        element(
          'li',
          {},
          element(
            'button',
            { type: 'button', class: 'chip choice', onclick: () => onAsk(value) },
            label,
          ),
        ),
      ),
    )
  }

  /** @param {Failure} failure */
  function fail({ code, message, hints }) {
    spoken.setAttribute('aria-busy', 'false')
    text.textContent = ''
    problem.hidden = false
    problem.dataset.code = code
    problem.replaceChildren(
      element('p', {}, message),
      hints.length > 0
        ? element(
            'ul',
            {},
            hints.map((hint) => element('li', {}, hint)),
          )
        : '',
    )
  }

  /** @param {NonNullable<AnsweredQuestion['chartKind']>} kind @param {AnsweredQuestion['figure']} figure */
  function showChart(kind, figure) {
    if (!figure || kind === 'table' || tabs.has('chart')) return
    const isNumber = kind === 'number'
    const content = isNumber ? numberCards(figure) : chartView(figure, () => tabs.remove('chart'))
    tabs.put('chart', isNumber ? 'Number' : 'Chart', content)
  }

  /** @param {string | undefined} question */
  function showRewritten(question) {
    if (!question) return
    rewritten.hidden = false
    rewritten.replaceChildren(
      element('span', {}, 'Read as: ', element('q', {}, question)),
      element('button', { type: 'button', class: 'link', onclick: () => onEdit(question) }, 'Edit'),
    )
  }

  /** @param {AnsweredQuestion} answer */
  function complete(answer) {
    text.textContent = answer.text
    if (answer.clarification) showChoices(answer.clarification)
    if (answer.sql && !tabs.has('sql'))
      tabs.put('sql', 'SQL', sqlView(answer.sql, answer.explanation))
    if (answer.columns.length > 0 && !tabs.has('table'))
      tabs.put('table', 'Table', tableView(answer))
    if (answer.chartKind) showChart(answer.chartKind, answer.figure)
    facts.textContent = factsOf(answer)
    facts.hidden = answer.kind !== 'data'
  }

  /** @param {Answer} answer */
  function finish(answer) {
    spoken.setAttribute('aria-busy', 'false')
    showRewritten(answer.rewrittenQuestion)
    if (answer.ok) complete(answer)
    else completeFailure(answer)
    showWarnings(answer.warnings)
    showSuggestions(answer.suggestions, answer.ok ? undefined : 'These will work')
    if (answer.ok && answer.kind === 'data') tabs.put('how', 'How I got here', howView(answer))
  }

  /**
   * What to do next comes before what happened.
   * @param {import('../../agents/answer.js').FailedQuestion} answer
   */
  function completeFailure(answer) {
    fail(answer.error)
    if (answer.sql && !tabs.has('sql')) tabs.put('sql', 'SQL', sqlView(answer.sql))
    const summary = element('summary', {}, 'How I got here')
    tabs.node.before(suggestions)
    node.append(element('details', { class: 'failure-how' }, summary, howView(answer)))
  }

  return {
    node,
    fail,
    /** @param {AnswerEvent} event */
    show(event) {
      if (event.type === 'sql') tabs.put('sql', 'SQL', sqlView(event.sql, event.explanation))
      if (event.type === 'data') tabs.put('table', 'Table', tableView(event))
      if (event.type === 'chart') showChart(event.kind, event.figure)
      if (event.type === 'text_delta') text.append(event.text)
      if (event.type === 'clarification') showChoices(event.clarification)
      if (event.type === 'error') fail(event.error)
      if (event.type === 'message_stop') finish(event.answer)
    },
  }
}

/** @type {Record<string, string>} */
const authors = {
  rules: 'by the rules',
  local: 'by the local model',
  given: 'your own SQL',
  approved: 'approved SQL',
}

/** @param {AnsweredQuestion} answer */
function factsOf({ generator, confidence, timings, rowCount }) {
  const parts = [
    confidence && confidenceWord(confidence.score),
    countOf(rowCount, 'row'),
    timings.total !== undefined && formatMilliseconds(timings.total),
    generator && authors[generator],
  ]
  return parts.filter(Boolean).join(' · ')
}

const sure = 0.75
const unsure = 0.5

/** @param {number} score */
function confidenceWord(score) {
  if (score >= sure) return 'High confidence'
  return score >= unsure ? 'Medium confidence' : 'Low confidence: check the SQL'
}
