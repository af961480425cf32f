/** One look at a data file in a process of its own. */
import { EngineProcess, type EngineProgram } from './engine-process.js'

/** Rejects as the work does, and when the file cannot be opened, or when `signal` is aborted. */
export async function withEngineProcess<Opened, Result>(
  program: EngineProgram,
  open: object,
  work: (process: EngineProcess, opened: Opened) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted()
  const process = new EngineProcess(program)
  const stop = () => process.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await work(process, await process.request<Opened>({ open }))
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    process.close()
  }
}
