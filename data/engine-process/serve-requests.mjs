/**
 * What every engine's process does beside its engine: takes requests from its parent and sends one answer to each, ends
 * with its parent, and ends itself when its memory is used up. Plain JavaScript, because it is started from the sources
 * and from `dist` alike.
 */
import { Worker, workerData } from 'node:worker_threads'

/** Milliseconds between two looks at the process. */
const watchEveryMs = 50
/** Characters: an engine's complaint may quote a whole value. */
const longestMessage = 4_000

if (workerData?.watches) watch(workerData.watches)

/** A query may block its thread, so another one ends the process when its parent is gone or its memory is used up. */
function watch({ parent, maxMemoryBytes }) {
  setInterval(() => {
    const isLost = process.ppid !== parent
    if (isLost || process.memoryUsage.rss() > maxMemoryBytes) process.kill(process.pid, 'SIGKILL')
  }, watchEveryMs)
}

let isWatched = false

/** @param maxMemoryBytes of the whole process; the first call counts. */
export function watchProcess(maxMemoryBytes) {
  if (isWatched) return
  isWatched = true
  const watches = { parent: process.ppid, maxMemoryBytes }
  new Worker(new URL(import.meta.url), { workerData: { watches } })
}

/**
 * `answer` takes a request (`{ id, … }`) and gives the fields of its answer; what it throws is sent as a failure.
 * `interrupt` is called when the request that is worked on shall end.
 */
export function serveRequests(answer, interrupt = () => {}) {
  // A plain exit would wait for what the engine is at.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.on('message', async (request) => {
    if (request.interrupt) return interrupt()
    process.send({ id: request.id, ...(await outcome(answer, request)) })
  })
}

async function outcome(answer, request) {
  try {
    return { ok: true, ...(await answer(request)) }
  } catch (error) {
    const { code = '', message = '' } = error ?? {}
    return { ok: false, code: String(code), message: String(message).slice(0, longestMessage) }
  }
}
