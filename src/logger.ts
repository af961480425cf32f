/** One JSON line per event; questions, SQL, rows, stacks and folders only at debug. */
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino'
import { describeError, withoutPaths } from './discreet-text.js'

/** `destination` is a file, or what takes lines; without it they go to standard error. */
export function createLogger(level: string, destination?: string | DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    ...(level !== 'debug' && discreet),
  }
  if (typeof destination === 'object') return pino(options, destination)
  return destination === undefined
    ? pino(options, pino.destination(2))
    : pino(options, pino.destination({ dest: destination, mkdir: true, sync: true }))
}

const discreet: LoggerOptions = {
  serializers: { err: describeError },
  hooks: {
    logMethod(given, write) {
      const [fields, message, ...rest] = given
      return write.apply(this, [fields, message && withoutPaths(message), ...rest])
    },
  },
}
