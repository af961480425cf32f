/** One look at a SQLite file in a process of its own. */
import { SqliteChild } from './sqlite-child.js'

const busyTimeoutMs = 2_000
const maxHeapBytes = 512_000_000
const maxMemoryBytes = 1_000_000_000

/** Rejects as the work does, and when the file is missing, damaged or locked, or when `signal` is aborted. */
export async function withSqliteChild<Result>(
  path: string,
  work: (child: SqliteChild) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted()
  const child = new SqliteChild()
  const stop = () => child.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await child.request({ open: { path, busyTimeoutMs, maxHeapBytes, maxMemoryBytes } })
    return await work(child)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    child.close()
  }
}
