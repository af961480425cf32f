/** Reads a CSV or TSV file into a table, whatever its encoding, decimal sign and regularity. */
import { open } from 'node:fs/promises'
import { EngineError } from '../engine-process/engine-process.js'
import { quoteName } from '../quote.js'
import { fileLiteral } from './file-literal.js'
import type { ImportEngine } from './import-engine.js'

/** Rows looked at to choose the types before the whole file is tried. */
const SAMPLE_ROWS = 100_000
const ENCODING_PROBE_BYTES = 65_536

/**
 * Tried in turn until one reads the file. Short rows are always padded: the engine would else drop them silently.
 * Types come from a sample, then from every row; at last all columns stay text and quotes may be broken.
 */
const READINGS = [
  `sample_size = ${SAMPLE_ROWS}`,
  'sample_size = -1, parallel = false',
  'all_varchar = true, parallel = false, strict_mode = false',
] as const

/** Throws the engine's first complaint when no reading fits. */
export async function importCsv(engine: ImportEngine, table: string, path: string): Promise<void> {
  const complaints: unknown[] = []
  for (const encoding of await encodings(path)) {
    const separator = (await hasDecimalComma(engine, path, encoding)) ? `','` : `'.'`
    for (const reading of READINGS) {
      const options = `null_padding = true, decimal_separator = ${separator}, encoding = '${encoding}', ${reading}`
      const source = `read_csv(${fileLiteral(path)}, ${options})`
      try {
        await engine.run(`CREATE TABLE ${quoteName(table)} AS FROM ${source}`)
        return
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        complaints.push(error)
      }
    }
  }
  throw complaints[0] ?? new Error('The file is not text.')
}

/** None for binary files: they hold NUL bytes and no mark of a two-byte encoding. */
async function encodings(path: string): Promise<readonly string[]> {
  const file = await open(path, 'r')
  try {
    const probe = Buffer.alloc(ENCODING_PROBE_BYTES)
    const { bytesRead } = await file.read(probe, 0, ENCODING_PROBE_BYTES, 0)
    const start = probe.subarray(0, bytesRead)
    if (start[0] === 0xff && start[1] === 0xfe) return ['utf-16']
    if (start[0] === 0x1f && start[1] === 0x8b) return ['utf-8']
    return start.includes(0) ? [] : ['utf-8', 'latin-1']
  } finally {
    await file.close()
  }
}

/** Files separated by semicolons often write `3,5`; believed when it turns a text column into numbers. */
async function hasDecimalComma(
  engine: ImportEngine,
  path: string,
  encoding: string,
): Promise<boolean> {
  const textColumns = async (separator: string) => {
    const sniff = `sniff_csv(${fileLiteral(path)}, encoding = '${encoding}', decimal_separator = '${separator}')`
    const rows = await engine.read(
      `SELECT Delimiter, len(list_filter(Columns, lambda c: c.type = 'VARCHAR'))::INTEGER FROM ${sniff}`,
    )
    const [delimiter, count] = rows[0] ?? []
    return { delimiter, count: Number(count) }
  }
  try {
    const point = await textColumns('.')
    return point.delimiter === ';' && (await textColumns(',')).count < point.count
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return false
  }
}
