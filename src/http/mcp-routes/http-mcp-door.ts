/** The door of MCP's clients that come over HTTP: the places, turns and errors of every other route. */
import { describeError, wholeError } from '../../discreet-text.js'
import type { McpCall, McpDoor } from '../../mcp/mcp-door.js'
import { toHttpError } from '../error-handler.js'
import { HttpError } from '../http-error.js'
import type { HttpLogger } from '../http-logger.js'
import { openDataset } from '../open-dataset.js'
import { stopping } from '../refuse-while-draining.js'
import type { Doors } from '../result-routes/run-kept.js'

export function httpMcpDoor({ datasets, streams }: Doors, logger: HttpLogger): McpDoor {
  return {
    datasets: () => datasets.list(),
    open: (name, call) => openDataset(datasets, name, { name: nameOf(call) }),
    async answer(orchestrator, { text, ...options }, { user, signal }, onEvent) {
      streams.admit(user)
      const asked = { question: text, options: { ...options, user } }
      const stream = streams.start(orchestrator, asked)
      signal.addEventListener('abort', () => stream.close())
      if (signal.aborted) stream.close()
      for await (const { event } of stream.follow(0, signal)) {
        onEvent(event)
        if (event.type !== 'message_stop') continue
        if (streams.isCut() && !event.answer.ok) throw stopping()
        return event.answer
      }
      if (stream.cancelled) throw new HttpError('cancelled', 'The question was cancelled.')
      throw new Error('The orchestrator ended without an answer.')
    },
    async inPlace({ user, signal }, work) {
      const stopped = new AbortController()
      const release = streams.hold(user, () => stopped.abort())
      try {
        return await work(AbortSignal.any([signal, stopped.signal]))
      } finally {
        release()
      }
    },
    tell(error) {
      const { code, message, hints } = toHttpError(error)
      if (code === 'internal') {
        logger.error({ ...describeError(error) }, 'mcp call failed')
        logger.debug({ error: wholeError(error) }, 'mcp call failed')
      }
      return { code, message, hints }
    },
  }
}

/** Every call that comes over HTTP has one. */
function nameOf({ name }: McpCall): string {
  if (name === undefined) throw new Error('A call of MCP came without a caller.')
  return name
}
