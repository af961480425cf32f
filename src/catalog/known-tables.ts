/** Keeps what is found in a large schema, table by table, so that the next start goes on where one was stopped. */
import { createHash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Table } from '../../data/catalog.js'

/** Raise when the same rows would be described differently. */
const format = 1

export interface KnownTables {
  /** What was found of this version of the data, by name; what was found of another is forgotten. Never rejects. */
  open(version: string): Promise<ReadonlyMap<string, Table>>
  add(table: Table): void
  /** Resolves when all that was added is written, or cannot be. */
  close(): Promise<void>
}

/** In a file of one JSON value a line, of which the first says what the others are of. It holds values of the data. */
export function createKnownTables(path: string): KnownTables {
  let stream: WriteStream | undefined
  return {
    open: async (version) => {
      const head = JSON.stringify({ format, version })
      const lines = await readLines(path)
      const tables = lines[0] === head ? lines.slice(1).flatMap(parseTable) : []
      try {
        await mkdir(dirname(path), { recursive: true })
        // The last line may be half a one: what is appended must not stand behind it.
        const whole = [head, ...tables.map((table) => JSON.stringify(table))]
        await writeFile(`${path}.new`, `${whole.join('\n')}\n`, { mode: 0o600 })
        await rename(`${path}.new`, path)
        stream = createWriteStream(path, { flags: 'a' })
        // A full disk costs the next start time, and this one nothing.
        stream.on('error', () => {
          stream = undefined
        })
      } catch {
        stream = undefined
      }
      return new Map(tables.map((table) => [table.name, table]))
    },
    add: (table) => void stream?.write(`${JSON.stringify(table)}\n`),
    close: async () => {
      const ended = stream
      stream = undefined
      if (ended) await new Promise((resolve) => ended.end(resolve))
    },
  }
}

/** A file for each source, under whatever name it is known. */
export function knownTablesPath(home: string, name: string): string {
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 16)
  return join(home, 'catalogs', `${mark}.jsonl`)
}

/** Of a source that is removed. */
export async function dropKnownTables(home: string, name: string): Promise<void> {
  await rm(knownTablesPath(home, name), { force: true })
}

async function readLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

function parseTable(line: string): readonly Table[] {
  try {
    return [JSON.parse(line) as Table]
  } catch {
    return []
  }
}
