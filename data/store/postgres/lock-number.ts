/** The number of an advisory lock, from its name: PostgreSQL takes 64 bits. */
import { createHash } from 'node:crypto'

export function lockNumber(name: string): string {
  return createHash('sha256').update(`parley ${name}`).digest().readBigInt64BE().toString()
}
