/** Downloads one file over HTTP, going on where an earlier, cut download stopped. */
import { open, rename, rm, stat } from 'node:fs/promises'

export interface DownloadOptions {
  /** The file's full size, known beforehand. */
  readonly bytes: number
  readonly signal?: AbortSignal
  /** Bytes on disk so far. */
  readonly onBytes?: (done: number) => void
}

export type DownloadOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string }

/** A host that has not answered by then counts as unreachable. */
const answerTimeoutMs = 5_000
/** A connection silent for so long counts as cut. */
const stallTimeoutMs = 20_000
/** Attempts in a row that bring no new byte before giving up. */
const maxFruitlessAttempts = 2

/**
 * Fetches into `<target>.part`, which is kept when the download is cut, and renames it when complete.
 * Checks the length only; the caller checks the content. Throws what the file system throws.
 */
export async function downloadFile(
  url: string,
  target: string,
  options: DownloadOptions,
): Promise<DownloadOutcome> {
  const part = `${target}.part`
  let reason = ''
  for (let fruitless = 0; fruitless < maxFruitlessAttempts; ) {
    const before = await sizeOf(part)
    if (before === options.bytes) {
      await rename(part, target)
      return { ok: true }
    }
    if (before > options.bytes) await rm(part)
    const attempt = await attemptDownload(url, part, options)
    if (options.signal?.aborted) return { ok: false, reason: 'cancelled' }
    if (attempt.final) return { ok: false, reason: attempt.reason }
    reason = attempt.reason
    fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1
  }
  return { ok: false, reason }
}

interface Attempt {
  readonly reason: string
  /** Whether trying again would be pointless. */
  readonly final: boolean
}

async function attemptDownload(
  url: string,
  part: string,
  options: DownloadOptions,
): Promise<Attempt> {
  const watch = new AbortController()
  const signal = AbortSignal.any([watch.signal, ...(options.signal ? [options.signal] : [])])
  let timer = setTimeout(() => watch.abort(), answerTimeoutMs)
  let answered = false
  try {
    const start = await sizeOf(part)
    const response = await fetch(url, { signal, headers: { range: `bytes=${start}-` } })
    answered = true
    if (!response.ok || response.body === null) {
      if (response.status === 416) await rm(part, { force: true })
      return { reason: `the server answered ${response.status}`, final: response.status !== 416 }
    }
    const restart = response.status !== 206
    await append(response.body, part, { ...options, restart }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => watch.abort(), stallTimeoutMs)
    })
    return { reason: 'the connection was cut', final: false }
  } catch (error) {
    if (isFileSystemError(error)) throw error
    return { reason: describe(error, answered), final: !answered }
  } finally {
    clearTimeout(timer)
  }
}

async function append(
  body: ReadableStream<Uint8Array>,
  part: string,
  options: DownloadOptions & { readonly restart: boolean },
  onChunk: () => void,
): Promise<void> {
  const file = await open(part, options.restart ? 'w' : 'a')
  try {
    let done = options.restart ? 0 : (await file.stat()).size
    for await (const chunk of body) {
      onChunk()
      await file.writeFile(chunk)
      done += chunk.byteLength
      options.onBytes?.(done)
    }
  } finally {
    await file.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch {
    return 0
  }
}

function describe(error: unknown, answered: boolean): string {
  if (answered) return 'the connection was cut'
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error ? `unreachable (${cause.message})` : 'no answer in time'
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error
}
