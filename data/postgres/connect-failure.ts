/** Why a server could not be asked, in plain words; the driver's own text never comes through, as it may quote the address. */
import {
  type Cause,
  certificateCodes,
  codeOf,
  failureFrom,
  lateCodes,
  lostNameCodes,
  messageOf,
  refusedCodes,
} from '../servers/connect-causes.js'
import type { SourceFailure } from '../sources/source.js'
import type { PostgresAddress } from './address.js'

/** Milliseconds until a server that does not answer is given up. */
export const connectTimeoutMs = 10_000

const noTls = /does not support SSL/

export function lacksTls(error: unknown): boolean {
  return noTls.test(messageOf(error))
}

interface Place extends PostgresAddress {
  /** Host and port, or the folder of a socket. */
  readonly at: string
  /** As a sentence begins. */
  readonly role: string
  readonly error: string
}

/** The first that fits. */
const causes: readonly Cause<Place>[] = [
  {
    codes: lostNameCodes,
    code: 'source_unreachable',
    say: ({ host }) => `There is no host called ${host}.`,
    hint: 'Check the name of the host.',
  },
  {
    codes: refusedCodes,
    code: 'source_unreachable',
    say: ({ at }) => `No PostgreSQL server answers at ${at}.`,
    hint: 'Start the server, or check host and port.',
  },
  {
    codes: lateCodes,
    messages: /timeout/,
    code: 'source_unreachable',
    say: ({ at }) => `${at} did not answer within ${connectTimeoutMs / 1000} seconds.`,
    hint: 'Check host and port, and whether a firewall lies between.',
  },
  {
    codes: /^3D000$/,
    code: 'source_missing',
    say: ({ at, database }) => `The server at ${at} has no database called ${database}.`,
    hint: 'Check the name of the database.',
  },
  {
    codes: /^28P01$/,
    messages: /SASL|password must be/,
    code: 'source_denied',
    say: ({ role, password }) =>
      password === undefined
        ? `${role} needs a password.`
        : `The password is not that of ${role.replace(/^T/, 't')}.`,
    hint: 'Give it in the address, in PGPASSWORD or in ~/.pgpass.',
  },
  {
    codes: /^(28000|42501)$/,
    code: 'source_denied',
    say: ({ role, database }) => `${role} may not connect to ${database} from here.`,
    hint: 'Ask who runs the server for CONNECT on the database and a line in pg_hba.conf.',
  },
  {
    messages: noTls,
    code: 'source_unreachable',
    say: ({ at }) => `The server at ${at} does not encrypt.`,
    hint: 'Have TLS switched on there, or, on a network you trust, write sslmode=disable.',
  },
  {
    codes: certificateCodes,
    code: 'source_denied',
    say: ({ host, error }) => `The certificate of ${host} could not be verified (${error}).`,
    hint: 'Name the certificate of its authority: sslrootcert=FILE.',
  },
  {
    codes: /^53300$/,
    code: 'source_unreachable',
    say: ({ at }) => `The server at ${at} has no connection to spare.`,
    hint: 'Try again in a moment.',
  },
  {
    codes: /^57P03$/,
    code: 'source_unreachable',
    say: ({ at }) => `The server at ${at} is just starting.`,
    hint: 'Try again in a moment.',
  },
  {
    code: 'source_unreachable',
    say: ({ at, error }) => `The connection to ${at} failed${error === '' ? '' : ` (${error})`}.`,
    hint: 'Check that it is a PostgreSQL server.',
  },
]

export function connectFailure(error: unknown, address: PostgresAddress): SourceFailure {
  const { host, port, user } = address
  const at = host.startsWith('/') ? host : `${host}:${port}`
  const role = user === undefined ? 'This role' : `The role "${user}"`
  return failureFrom(causes, error, { ...address, at, role, error: codeOf(error) })
}
