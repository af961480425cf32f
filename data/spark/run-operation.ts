/**
 * One statement that runs on the server, under a name of ours: read over as many calls as that takes, since the server
 * ends long calls by itself and networks end others, and stopped and let go where it runs.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as passing } from 'node:timers/promises'
import type { ConnectCalls } from './connect-calls.js'
import type { Caller, ExecuteResponse } from './connect-service.js'
import { isLostConnection, isLostOperation } from './engine-failure.js'
import { planOf } from './plan-of.js'

const stopMs = 5_000
/** A statement that is interrupted while it is still being planned starts all the same (Spark 4.3), and cannot be stopped again. */
const plannedMs = 2_000
/** Milliseconds before each try to reach a server again that was lost in the middle of an answer. */
const waitsMs = [50, 200, 500, 1_000, 1_500]

export interface Operation {
  /** Each piece once. Rejects as the server does. */
  read(signal: AbortSignal): AsyncGenerator<ExecuteResponse>
  /** Lets go of what was read to its end, and stops what was not. Never rejects. */
  end(): Promise<void>
}

export function runOperation(calls: ConnectCalls, caller: Caller, sql: string): Operation {
  const operation_id = randomUUID()
  const start = Date.now()
  let isRunning = false
  let isOver = false
  let last: string | undefined

  const open = () => {
    if (isRunning)
      return calls.read('ReattachExecute', caller, { operation_id, last_response_id: last })
    isRunning = true
    const plan = planOf(sql)
    const request_options = [{ reattach_options: { reattachable: true } }] as const
    return calls.read('ExecutePlan', caller, { plan, operation_id, request_options })
  }

  /** The pieces of one call. */
  async function* readCall(signal: AbortSignal): AsyncGenerator<ExecuteResponse> {
    const stream = open()
    const stop = () => stream.destroy(new StoppedError())
    signal.addEventListener('abort', stop, { once: true })
    try {
      for await (const response of stream as AsyncIterable<ExecuteResponse>) {
        last = response.response_id ?? last
        if (response.result_complete) isOver = true
        yield response
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stream.cancel()
    }
  }

  async function* read(signal: AbortSignal): AsyncGenerator<ExecuteResponse> {
    for (let lost = 0; !isOver; ) {
      signal.throwIfAborted()
      try {
        for await (const response of readCall(signal)) {
          lost = 0
          yield response
        }
      } catch (error) {
        const wait = waitsMs[lost++]
        // The server never heard of it: the first call did not arrive.
        if (isLostOperation(error) && last === undefined) isRunning = false
        else if (!isLostConnection(error)) isOver = !signal.aborted
        if (isOver || wait === undefined || signal.aborted) throw error
        await passing(wait, undefined, { signal })
      }
    }
  }

  return {
    read,
    async end() {
      if (!isRunning) return
      if (!isOver) {
        await passing(Math.max(0, start + plannedMs - Date.now()))
        const interrupt = { operation_id, interrupt_type: 'INTERRUPT_TYPE_OPERATION_ID' } as const
        await calls.ask('Interrupt', caller, interrupt, stopMs).catch(() => {})
      }
      const release = { operation_id, release_all: {} }
      await calls.ask('ReleaseExecute', caller, release, stopMs).catch(() => {})
    },
  }
}

class StoppedError extends Error {
  constructor() {
    super('The statement was stopped.')
  }
}
