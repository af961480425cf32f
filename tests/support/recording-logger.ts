/** A logger that keeps its lines. */
import type { HttpLogger } from '../../src/http/http-logger.js'

export interface LogLine {
  readonly level: 'debug' | 'info' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface RecordingLogger extends HttpLogger {
  readonly lines: readonly LogLine[]
}

export function recordingLogger(): RecordingLogger {
  const lines: LogLine[] = []
  return {
    lines,
    debug: (fields, message) => void lines.push({ level: 'debug', message, fields }),
    info: (fields, message) => void lines.push({ level: 'info', message, fields }),
    error: (fields, message) => void lines.push({ level: 'error', message, fields }),
  }
}
