/** Asks one question of the service and reports what it comes to. */
import type { AnswerEvent } from '../../../agents/answer-event.js'
import { RequestError } from '../service/request-error.js'
import type { Service } from '../service/service.js'
import { type Failure, type Turn, withEvent } from './turn-state.js'

/** Where to ask, and what. */
export interface ChatRequest {
  readonly path: '/api/v1/chat' | '/api/v1/run_sql'
  readonly body: object
}

export interface RunningTurn {
  /** Cancels on the server too. */
  stop(): void
}

/** `onChange` is called with each next state of the turn; the last one is not running. */
export function runTurn(
  service: Service,
  request: ChatRequest,
  first: Turn,
  onChange: (turn: Turn) => void,
): RunningTurn {
  const controller = new AbortController()
  let turn = first

  function change(next: Turn): void {
    turn = next
    onChange(turn)
  }

  function failWith(error: unknown): void {
    if (turn.answer || turn.failure) return
    change({ ...turn, text: '', failure: controller.signal.aborted ? stopped : failureOf(error) })
  }

  const onEvent = (event: AnswerEvent) => change(withEvent(turn, event))
  void service
    .ask(request.path, request.body, onEvent, controller.signal)
    .catch(failWith)
    .then(() => change({ ...turn, isRunning: false }))
  return {
    stop() {
      if (turn.answerId) void service.cancel(turn.answerId)
      controller.abort()
    },
  }
}

const stopped: Failure = { code: 'cancelled', message: 'Stopped.', hints: [] }

function failureOf(error: unknown): Failure {
  if (error instanceof RequestError) return error
  console.error(error)
  return { code: 'page_failed', message: 'The page could not show this answer.', hints: [] }
}
