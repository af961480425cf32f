/** One question and its answer: live steps while it is being made, then the answer. */
import { createAnswerCard } from './answer-card.js'
import { ask, cancel, RequestError } from './api.js'
import { element } from './element.js'
import { createLiveSteps } from './live-steps.js'

/** @typedef {import('../../agents/answer-event.js').AnswerEvent} AnswerEvent */

/**
 * @typedef {object} Turn
 * @property {HTMLElement} section
 * @property {() => void} stop Cancels on the server too.
 * @property {Promise<string | undefined>} finished The conversation's id, once nothing more comes.
 */

/**
 * @typedef {object} TurnActions
 * @property {(question: string) => void} onAsk
 * @property {(question: string) => void} onEdit
 */

/**
 * @param {{ message: string } & Record<string, unknown>} request
 * @param {TurnActions} actions
 * @returns {Turn}
 */
export function startTurn(request, actions) {
  const controller = new AbortController()
  const steps = createLiveSteps()
  const card = createAnswerCard(actions)
  const section = element(
    'section',
    { class: 'turn', 'aria-label': `Question: ${request.message}` },
    element('h2', { class: 'question' }, request.message),
    steps.node,
    card.node,
  )
  let answerId = ''
  /** @type {string | undefined} */
  let conversationId
  let answered = false

  /** @param {AnswerEvent} event */
  function onEvent(event) {
    if (event.type === 'message_start') {
      answerId = event.id
      conversationId = event.conversationId
    }
    if (event.type === 'state') steps.show(event)
    if (event.type === 'message_stop' || event.type === 'error') answered = true
    card.show(event)
  }

  const finished = ask(request, onEvent, controller.signal)
    .catch((error) => {
      if (!answered) card.fail(controller.signal.aborted ? stopped : asFailure(error))
    })
    .then(() => {
      steps.finish()
      return conversationId
    })

  return {
    section,
    finished,
    stop() {
      if (answerId) void cancel(answerId)
      controller.abort()
    },
  }
}

const stopped = { code: 'cancelled', message: 'Stopped.', hints: [] }

/** @param {unknown} error */
function asFailure(error) {
  if (error instanceof RequestError)
    return { code: 'request_failed', message: error.message, hints: error.hints }
  console.error(error)
  return { code: 'page_failed', message: 'The page could not show this answer.', hints: [] }
}
