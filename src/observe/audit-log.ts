/** The audit log on disk: JSON lines that only their owner can read, in files that are replaced by size and by day. */
import { mkdir } from 'node:fs/promises'
import { createStream, type FileSize, type RotatingFileStream } from 'rotating-file-stream'
import { type AuditDetail, questionLine, requestLine, toJsonLine } from './audit-line.js'
import type { ServedRequest } from './metrics.js'
import type { AskedBy, Observer } from './observer.js'

export const auditFile = 'audit.jsonl'
/** A new file each day, and when one is this large. */
const maxFileSize = '10M'
/** Older files are removed: about three months where a day fits into one. */
const maxFiles = 90
/** After a failure. */
const usualReopenMs = 5_000
const ownerOnly = 0o600
const ownerFolder = 0o700

export interface AuditLogOptions {
  readonly folder: string
  readonly detail: AuditDetail
  /** A line could not be written: the disk is full, say. Told once, until lines are written again. */
  readonly onFailure: (error: Error) => void
  /** For tests. */
  readonly fileSize?: FileSize
  readonly files?: number
  readonly reopenMs?: number
}

export interface AuditLog extends Observer {
  served(request: ServedRequest, askedBy: AskedBy, address: string | undefined): void
}

/** Rejects where the folder cannot be made. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  await mkdir(options.folder, { recursive: true, mode: ownerFolder })
  const file = reopeningFile(options)
  return {
    answered: (watched) => file.write(toJsonLine(questionLine(watched, options.detail))),
    served: (...request) => file.write(toJsonLine(requestLine(...request))),
    close: file.close,
  }
}

/** A stream that failed takes nothing more; a disk that was full may have room again later. */
function reopeningFile(options: AuditLogOptions) {
  const { onFailure, reopenMs = usualReopenMs } = options
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
    write: (line: string) => {
      if (stream.destroyed && Date.now() - (failedAt ?? 0) >= reopenMs) stream = open()
      if (!stream.destroyed) stream.write(line, written)
    },
    close: () => ended(stream),
  }
}

function rotatingFile({ folder, fileSize = maxFileSize, files = maxFiles }: AuditLogOptions) {
  return createStream(fileName, {
    path: folder,
    size: fileSize,
    interval: '1d',
    intervalUTC: true,
    maxFiles: files,
    history: 'audit.files',
    mode: ownerOnly,
    initialRotation: true,
  })
}

/** `audit-2026-11-22-1.jsonl` for what was written up to then. */
function fileName(time: number | Date | null, index = 1): string {
  if (!time) return auditFile
  return `audit-${new Date(time).toISOString().slice(0, 10)}-${index}.jsonl`
}

function ended(stream: RotatingFileStream): Promise<void> {
  if (stream.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.end(() => resolve())
  })
}
