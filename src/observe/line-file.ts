/** Lines on disk that only their owner can read, in files that are replaced by size and by day. */
import { mkdir } from 'node:fs/promises'
import { parse } from 'node:path'
import { createStream, type FileSize, type RotatingFileStream } from 'rotating-file-stream'

/** After a failure. */
const usualReopenMs = 5_000
export const ownerOnly = 0o600
export const ownerFolder = 0o700

export interface LineFileOptions {
  readonly folder: string
  /** Of the file that is being written; what `audit.jsonl` held goes into `audit-2026-11-22-1.jsonl`. */
  readonly name: string
  /** A new file begins each day, and when one is this large. */
  readonly fileSize: FileSize
  /** Of older ones, which are removed when there are more. */
  readonly files: number
  /** A line could not be written: the disk is full, say. Told once, until lines are written again. */
  readonly onFailure: (error: Error) => void
  readonly reopenMs?: number
}

export interface LineFile {
  /** Goes on at once; a line that cannot be written is lost. */
  write(line: string): void
  close(): Promise<void>
}

/** A stream that failed takes nothing more; a disk that was full may have room again later. Rejects where the folder cannot be made. */
export async function openLineFile(options: LineFileOptions): Promise<LineFile> {
  const { folder, onFailure, reopenMs = usualReopenMs } = options
  await mkdir(folder, { recursive: true, mode: ownerFolder })
  let failedAt: number | undefined
  let stream = open()
  function open(): RotatingFileStream {
    const opened = rotatingFile(options)
    opened.on('error', (error) => {
      if (failedAt === undefined) onFailure(error)
      failedAt = Date.now()
    })
    return opened
  }
  const written = (error?: Error | null) => {
    if (!error) failedAt = undefined
  }
  return {
    write: (line) => {
      if (stream.destroyed && Date.now() - (failedAt ?? 0) >= reopenMs) stream = open()
      if (!stream.destroyed) stream.write(line, written)
    },
    close: () => ended(stream),
  }
}

function rotatingFile({ folder, name, fileSize, files }: LineFileOptions): RotatingFileStream {
  const { name: stem, ext } = parse(name)
  const nameOf = (time: number | Date | null, index = 1) =>
    time ? `${stem}-${new Date(time).toISOString().slice(0, 10)}-${index}${ext}` : name
  return createStream(nameOf, {
    path: folder,
    size: fileSize,
    interval: '1d',
    intervalUTC: true,
    maxFiles: files,
    history: `${stem}.files`,
    mode: ownerOnly,
    initialRotation: true,
  })
}

function ended(stream: RotatingFileStream): Promise<void> {
  if (stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.end(() => resolve())
  })
}
