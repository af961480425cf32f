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

/** How far one statement is. */
interface Progress {
  readonly calls: ConnectCalls
  readonly caller: Caller
  readonly sql: string
  readonly operation_id: string
  /** In milliseconds since 1970. */
  readonly start: number
  /** The server may know of it. */
  isRunning: boolean
  isOver: boolean
  /** The last piece that came. */
  last: string | undefined
}

export function runOperation(calls: ConnectCalls, caller: Caller, sql: string): Operation {
  const progress: Progress = {
    calls,
    caller,
    sql,
    operation_id: randomUUID(),
    start: Date.now(),
    isRunning: false,
    isOver: false,
    last: undefined,
  }
  return {
    read: (signal) => readOperation(progress, signal),
    end: () => endOperation(progress),
  }
}

async function* readOperation(
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<ExecuteResponse> {
  for (let lost = 0; !progress.isOver; ) {
    signal.throwIfAborted()
    try {
      for await (const response of readCall(progress, signal)) {
        lost = 0
        yield response
      }
    } catch (error) {
      const wait = waitsMs[lost++]
      // The server never heard of it: the first call did not arrive.
      if (isLostOperation(error) && progress.last === undefined) progress.isRunning = false
      else if (!isLostConnection(error)) progress.isOver = !signal.aborted
      if (progress.isOver || wait === undefined || signal.aborted) throw error
      await passing(wait, undefined, { signal })
    }
  }
}

/** The pieces of one call. */
async function* readCall(progress: Progress, signal: AbortSignal): AsyncGenerator<ExecuteResponse> {
  const stream = openCall(progress)
  const stop = () => stream.destroy(new StoppedError())
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const response of stream as AsyncIterable<ExecuteResponse>) {
      progress.last = response.response_id ?? progress.last
      if (response.result_complete) progress.isOver = true
      yield response
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stream.cancel()
  }
}

function openCall(progress: Progress) {
  const { calls, caller, sql, operation_id, isRunning, last } = progress
  if (isRunning) {
    return calls.read('ReattachExecute', caller, { operation_id, last_response_id: last })
  }
  progress.isRunning = true
  const plan = planOf(sql)
  const request_options = [{ reattach_options: { reattachable: true } }] as const
  return calls.read('ExecutePlan', caller, { plan, operation_id, request_options })
}

async function endOperation(progress: Progress): Promise<void> {
  const { calls, caller, operation_id, start, isRunning, isOver } = progress
  if (!isRunning) return
  if (!isOver) {
    await passing(Math.max(0, start + plannedMs - Date.now()))
    const interrupt = { operation_id, interrupt_type: 'INTERRUPT_TYPE_OPERATION_ID' } as const
    await calls.ask('Interrupt', caller, interrupt, stopMs).catch(() => {})
  }
  const release = { operation_id, release_all: {} }
  await calls.ask('ReleaseExecute', caller, release, stopMs).catch(() => {})
}

class StoppedError extends Error {
  constructor() {
    super('The statement was stopped.')
  }
}
