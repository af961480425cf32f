/** The audit log on disk: JSON lines that only their owner can read, in files that are replaced by size and by day. */
import { mkdir } from 'node:fs/promises'
import { createStream, type RotatingFileStream } from 'rotating-file-stream'
import { type AuditDetail, questionLine, requestLine, toJsonLine } from './audit-line.js'
import type { ServedRequest } from './metrics.js'
import type { AskedBy, Observer } from './observer.js'

export const auditFile = 'audit.jsonl'
/** A new file each day, and when one is this large. */
const maxFileSize = '10M'
/** Older files are removed: about three months where a day fits into one. */
const maxFiles = 90
const ownerOnly = 0o600
const ownerFolder = 0o700

export interface AuditLogOptions {
  readonly folder: string
  readonly detail: AuditDetail
  /** A line could not be written: the disk is full, say. Told once, until lines are written again. */
  readonly onFailure: (error: Error) => void
  /** For tests. */
  readonly fileSize?: `${number}B`
  readonly files?: number
}

export interface AuditLog extends Observer {
  served(request: ServedRequest, askedBy: AskedBy, address: string | undefined): void
}

/** Rejects where the folder cannot be made. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { folder, detail, onFailure, fileSize = maxFileSize, files = maxFiles } = options
  await mkdir(folder, { recursive: true, mode: ownerFolder })
  const stream = createStream(fileName, {
    path: folder,
    size: fileSize,
    interval: '1d',
    intervalUTC: true,
    maxFiles: files,
    history: 'audit.files',
    mode: ownerOnly,
    initialRotation: true,
  })
  const failing = tellOnce(stream, onFailure)
  const write = (line: string) => void stream.write(line, (error) => !error && failing.over())
  return {
    answered: (watched) => write(toJsonLine(questionLine(watched, detail))),
    served: (...request) => write(toJsonLine(requestLine(...request))),
    close: () => ended(stream),
  }
}

/** `audit-2026-11-22-1.jsonl` for what was written up to then. */
function fileName(time: number | Date | null, index = 1): string {
  if (!time) return auditFile
  return `audit-${new Date(time).toISOString().slice(0, 10)}-${index}.jsonl`
}

function tellOnce(stream: RotatingFileStream, onFailure: (error: Error) => void) {
  let told = false
  const tell = (error: Error) => {
    if (!told) onFailure(error)
    told = true
  }
  stream.on('error', tell)
  stream.on('warning', tell)
  return {
    over: () => {
      told = false
    },
  }
}

function ended(stream: RotatingFileStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.end(() => resolve())
  })
}
