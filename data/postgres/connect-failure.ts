/** Why a server could not be asked, in plain words; the driver's own text never comes through, as it may quote the address. */
import type { SourceFailure } from '../sources/source.js'
import type { PostgresAddress } from './address.js'

/** Milliseconds until a server that does not answer is given up. */
export const connectTimeoutMs = 10_000

const noTls = /does not support SSL/
const tlsCodes =
  /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|HOSTNAME_MISMATCH)/

export function lacksTls(error: unknown): boolean {
  return noTls.test(messageOf(error))
}

export function connectFailure(
  error: unknown,
  { host, port, database, user, password }: PostgresAddress,
): SourceFailure {
  const code = codeOf(error)
  const place = host.startsWith('/') ? host : `${host}:${port}`
  const role = user === undefined ? 'This role' : `The role "${user}"`
  const unreachable = (message: string, ...hints: string[]): SourceFailure => ({
    code: 'source_unreachable',
    message,
    hints,
  })
  const denied = (message: string, ...hints: string[]): SourceFailure => ({
    code: 'source_denied',
    message,
    hints,
  })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(`There is no host called ${host}.`, 'Check the name of the host.')
  }
  if (/^(ECONNREFUSED|ENOENT|EACCES)$/.test(code)) {
    return unreachable(
      `No PostgreSQL server answers at ${place}.`,
      'Start the server, or check host and port.',
    )
  }
  if (/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code) || /timeout/.test(messageOf(error))) {
    const message = `${place} did not answer within ${connectTimeoutMs / 1000} seconds.`
    return unreachable(message, 'Check host and port, and whether a firewall lies between.')
  }
  if (code === '3D000') {
    return {
      code: 'source_missing',
      message: `The server at ${place} has no database called ${database}.`,
      hints: ['Check the name of the database.'],
    }
  }
  if (code === '28P01' || /SASL|password must be/.test(messageOf(error))) {
    return denied(
      password === undefined
        ? `${role} needs a password.`
        : `The password is not that of ${role.replace(/^T/, 't')}.`,
      'Give it in the address, in PGPASSWORD or in ~/.pgpass.',
    )
  }
  if (/^(28000|42501)$/.test(code)) {
    return denied(
      `${role} may not connect to ${database} from here.`,
      'Ask who runs the server for CONNECT on the database and a line in pg_hba.conf.',
    )
  }
  if (lacksTls(error)) {
    const hint = 'Have TLS switched on there, or, on a network you trust, write sslmode=disable.'
    return unreachable(`The server at ${place} does not encrypt.`, hint)
  }
  if (tlsCodes.test(code)) {
    return denied(
      `The certificate of ${host} could not be verified (${code}).`,
      'Name the certificate of its authority: sslrootcert=FILE.',
    )
  }
  if (code === '53300' || code === '57P03') {
    const message = code === '53300' ? 'has no connection to spare' : 'is just starting'
    return unreachable(`The server at ${place} ${message}.`, 'Try again in a moment.')
  }
  return unreachable(
    `The connection to ${place} failed${code === '' ? '' : ` (${code})`}.`,
    'Check that it is a PostgreSQL server.',
  )
}

/** SQLSTATE, or the code of the system; empty when there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
