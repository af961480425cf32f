/** One JSON line per event; questions, SQL and rows only at debug. */
import pino, { type Logger } from 'pino'

export function createLogger(level: string, destination?: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return destination === undefined
    ? pino(options, pino.destination(2))
    : pino(options, pino.destination({ dest: destination, mkdir: true, sync: true }))
}
