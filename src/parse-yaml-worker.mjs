/** Reads one text of YAML, in a thread of its own: some short texts take minutes, and a thread can be ended. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseDocument } from 'yaml'

parentPort.postMessage(read(workerData))

/** What refers to itself without end is nothing. */
function read(text) {
  try {
    const document = parseDocument(text)
    const [error] = document.errors
    return error ? { problem: error.message } : { value: document.toJS({ maxAliasCount: 0 }) }
  } catch {
    return {}
  }
}
