/** Says in words why a Spark Connect server cannot be asked, and what to do about it. */
import type { SourceFailure } from '../sources/source.js'
import type { SparkAddress } from './address.js'
import { readSparkError, statusCodes } from './engine-failure.js'

export function connectFailure(error: unknown, address: SparkAddress): SourceFailure {
  const { status, condition, message } = readSparkError(error)
  const at = `${address.host}:${address.port}`
  if (status === statusCodes.unauthenticated || status === statusCodes.permissionDenied) {
    const told = `The server at ${at} refuses the token, or wants one.`
    const hint = 'Put it before the host: spark://user:token@host:15002/database.'
    return { code: 'source_denied', message: told, hints: [hint] }
  }
  if (/SCHEMA_NOT_FOUND|NO_SUCH_DATABASE|NO_SUCH_NAMESPACE/.test(condition)) {
    const told = `The server at ${at} has no database "${address.database}".`
    return { code: 'source_missing', message: told, hints: ['Check the name behind the host.'] }
  }
  if (status === statusCodes.unavailable || status === statusCodes.deadlineExceeded) {
    const isSecret = /tls|ssl|certificate|self.signed/i.test(message)
    const told = isSecret
      ? `The secure connection to ${at} failed (${message}).`
      : `No Spark Connect server answers at ${at}.`
    const hints = isSecret
      ? ['Give its certificates: ?tls=on&ca=FILE.']
      : [
          'Check host and port, and that the server is a Spark Connect server.',
          'Where it speaks TLS alone, add ?tls=on.',
        ]
    return { code: 'source_unreachable', message: told, hints }
  }
  const told = `The server at ${at} gave no answer: ${message}`
  return { code: 'source_unreachable', message: told, hints: ['Look at the log of the server.'] }
}
