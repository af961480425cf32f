/** Converts with sqlglot and what the schema tells, in a Python process of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { packageRoot } from '../../models/package-root.js'
import type { TargetDialect } from './dialect-engine.js'
import type { Converted } from './judge-conversion.js'
import type { QueryConverter } from './query-converter.js'

const script = join(packageRoot, 'models/training/convert_dialect.py')

const reply = z.union([
  z.object({ sql: z.string(), any_row: z.boolean().default(false) }),
  z.object({ error: z.string() }),
])

export interface SqlglotOptions {
  /** A Python that has sqlglot. */
  readonly python: string
  readonly target: TargetDialect
  /** sqlglot alone, without what the schema tells. */
  readonly plain?: boolean
}

export function openSqlglotConverter({ python, target, plain }: SqlglotOptions): QueryConverter {
  const parameters = [script, '--to', target, ...(plain ? ['--plain'] : [])]
  const child = spawn(python, parameters, { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-maxSaid)
  })
  // What cannot be written shows as the end of the answers.
  child.stdin.on('error', () => {})
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      said += error.message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const send = (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`)
  return {
    async convert({ name, tables }, queries) {
      send({ database: name, tables: tables.map(({ rows: _, lostCells: __, ...table }) => table) })
      for (const [id, sql] of queries.entries()) send({ id, database: name, sql })
      const converted: Converted[] = []
      while (converted.length < queries.length) {
        const line = await lines.next()
        if (line.done) {
          await ended
          throw new ConverterError(python, said.trim())
        }
        converted.push(convertedOf(line.value))
      }
      return converted
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

/** Characters of what Python said last. */
const maxSaid = 2_000

function convertedOf(line: string): Converted {
  const read = reply.parse(JSON.parse(line))
  return 'error' in read
    ? { ok: false, message: read.error }
    : { ok: true, sql: read.sql, anyRow: read.any_row }
}

/** The Python process ended: it lacks sqlglot, as a rule. */
export class ConverterError extends Error {
  readonly code = 'converter_failed'
  readonly python: string

  constructor(python: string, said: string) {
    super(`${python} does not convert: ${said.split('\n').at(-1)}`)
    this.name = 'ConverterError'
    this.python = python
  }
}
