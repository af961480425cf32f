/** The door of a client of MCP that started this process itself: one dataset, and whoever sits at the machine. */
import type { Logger } from 'pino'
import type { DatasetStatus } from '../dataset-status.js'
import { describeError, wholeError } from '../discreet-text.js'
import { SetUpError } from '../index.js'
import type { Orchestrator } from '../orchestrator.js'
import type { McpDoor, McpFailure } from './mcp-door.js'

/** Asked for by a name that is not the dataset's. */
class UnknownDatasetError extends Error {
  readonly code = 'invalid_request'
  readonly hints: readonly string[]

  constructor(known: string) {
    super('There is no dataset of that name.')
    this.hints = [`The dataset is ${known}.`]
  }
}

export function localMcpDoor(
  orchestrator: Orchestrator,
  { name, title }: Pick<DatasetStatus, 'name' | 'title'>,
  logger: Pick<Logger, 'error' | 'debug'>,
): McpDoor {
  const dataset: DatasetStatus = {
    name,
    title,
    subject: '',
    samples: [],
    isDefault: true,
    origin: 'given',
    state: 'open',
  }
  return {
    datasets: () => [dataset],
    open: async (asked = name) => {
      if (asked !== name) throw new UnknownDatasetError(name)
      return orchestrator
    },
    answer: (own, { text, ...options }, { signal }, onEvent) =>
      own.process(text, { ...options, signal, onEvent }),
    inPlace: (call, work) => work(call.signal),
    tell(error) {
      if (error instanceof UnknownDatasetError || error instanceof SetUpError) return told(error)
      logger.error({ ...describeError(error) }, 'mcp call failed')
      logger.debug({ error: wholeError(error) }, 'mcp call failed')
      const message = 'Something went wrong inside Parley. The log has the details.'
      return { code: 'internal', message, hints: [] }
    },
  }
}

function told({ code, message, hints }: McpFailure): McpFailure {
  return { code, message, hints }
}
