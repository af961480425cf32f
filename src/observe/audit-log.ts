/** The audit log on disk: JSON lines that only their owner can read, in files that are replaced by size and by day. */
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileSize } from 'rotating-file-stream'
import {
  type AuditDetail,
  type AuditFields,
  questionLine,
  requestLine,
  toJsonLine,
} from './audit-line.js'
import { limitRefusals } from './limit-refusals.js'
import { openLineFile, ownerFolder, ownerOnly } from './line-file.js'
import type { ServedRequest } from './metrics.js'
import type { AskedBy, Observer } from './observer.js'

export const auditFile = 'audit.jsonl'
const maxFileSize = '10M'
/** About three months where a day fits into one. */
const maxFiles = 90

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

export function auditFolder(home: string): string {
  return join(home, 'logs', 'audit')
}

/** Rejects where the folder cannot be made. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { detail, fileSize = maxFileSize, files = maxFiles, ...rest } = options
  const file = await openLineFile({ ...rest, name: auditFile, fileSize, files })
  const write = (fields: AuditFields) => file.write(toJsonLine(fields))
  const refusals = limitRefusals(write)
  return {
    answered: (watched) => write(questionLine(watched, detail)),
    served: (request, askedBy, address) => {
      const line = requestLine(request, askedBy, address)
      if (request.code === undefined) write(line)
      else refusals.tell(request.code, line)
    },
    close: () => {
      refusals.close()
      return file.close()
    },
  }
}

/** For a command, beside a service that may be writing or replacing the file. Rejects where it cannot be written. */
export async function appendToAuditLog(folder: string, fields: AuditFields): Promise<void> {
  await mkdir(folder, { recursive: true, mode: ownerFolder })
  await appendFile(join(folder, auditFile), toJsonLine(fields), { mode: ownerOnly })
}
