/** Writes the rows of a result on disk as they come: as JSON for a reader, or as lines of text that a file is made of. */
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Value } from '../catalog.js'
import type { RowBatch } from '../read-all.js'

export interface RowWriter {
  take(batch: RowBatch): Promise<void>
  /** Rejects when something could not be written, such as on a full disk. */
  finish(): Promise<void>
  /** Bytes of the longest row so far. */
  readonly longestRow: number
  /** Gives up; safe after `finish`. */
  close(): void
}

type WriteRow = (row: readonly Value[], isFirst: boolean) => string

/** One object for each row: numbers that a double holds are numbers, all others text. */
export function writeJson(path: string, names: (batch: RowBatch) => readonly string[]): RowWriter {
  let known: readonly string[] | undefined
  return writeText(path, ['[', '\n]\n'], (batch) => {
    known ??= names(batch)
    const keys = known
    return (row, isFirst) => {
      const object = Object.fromEntries(row.map((value, at) => [keys[at], value]))
      return `${isFirst ? '' : ','}\n${JSON.stringify(object)}`
    }
  })
}

/** A line for each row: an object with the cells by their places, each as text; what is null is left out. */
export function writeCellLines(path: string): RowWriter {
  return writeText(path, ['', ''], () => (row) => {
    const cells = row.flatMap((value, at) => (value === null ? [] : [[`c${at}`, plain(value)]]))
    return `${JSON.stringify(Object.fromEntries(cells))}\n`
  })
}

/** JSON's readers know neither NUL nor half characters. */
function plain(value: string | number | boolean): string {
  return String(value).toWellFormed().replaceAll('\0', '\ufffd')
}

function writeText(
  path: string,
  [head, foot]: readonly [string, string],
  rowsOf: (batch: RowBatch) => WriteRow,
): RowWriter {
  const stream = createWriteStream(path, { mode: 0o600 })
  // What fails is told to whoever writes next.
  stream.on('error', () => {})
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()))
    })
  let isBegun = false
  let isFirst = true
  let longestRow = 0
  const begin = () => {
    const text = isBegun ? '' : head
    isBegun = true
    return text
  }
  return {
    async take(batch) {
      const writeRow = rowsOf(batch)
      let text = begin()
      for (const row of batch.rows) {
        const line = writeRow(row, isFirst)
        longestRow = Math.max(longestRow, Buffer.byteLength(line))
        text += line
        isFirst = false
      }
      await write(text)
    },
    async finish() {
      await write(begin() + foot)
      stream.end()
      await finished(stream)
    },
    get longestRow() {
      return longestRow
    },
    close: () => stream.destroy(),
  }
}
