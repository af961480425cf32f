/** Turns text columns that hold numbers as people write them (`$1,234.50`, `1.234,50 €`) into numbers. */
import { quoteName, quoteText } from '../quote.js'
import type { ImportEngine } from './import-engine.js'

interface WrittenStyle {
  /** The whole value, without a leading zero before another digit: codes such as `01234` stay text. */
  readonly pattern: string
  readonly group: string
  readonly decimal: string
}

/** A point alone proves nothing: `600.101` may be a code. */
const EVIDENCE = '[,$€£]'

const STYLES: readonly WrittenStyle[] = [
  style(',', '.', String.raw`([1-9]\d{0,2}(,\d{3})+|0|[1-9]\d*)(\.\d+)?`),
  style('.', ',', String.raw`([1-9]\d{0,2}(\.\d{3})+|0|[1-9]\d*)(,\d+)?`),
]

function style(group: string, decimal: string, digits: string): WrittenStyle {
  return { group, decimal, pattern: String.raw`\s*[-+]?\s*[$€£]?\s*${digits}\s*[$€£]?\s*` }
}

/** Changes a column only when every value is written in one style and at least one needs it. */
export async function parseWrittenNumbers(engine: ImportEngine, table: string): Promise<void> {
  const rows = await engine.read(
    `SELECT column_name FROM duckdb_columns()
     WHERE table_name = ${quoteText(table)} AND NOT internal AND data_type = 'VARCHAR'`,
  )
  for (const [name] of rows) {
    const column = quoteName(String(name))
    const found = await styleOf(engine, quoteName(table), column)
    if (found === undefined) continue
    const digits = `regexp_replace(${column}, '[^-0-9${found.decimal}]', '', 'g')`
    const number = `replace(${digits}, '${found.decimal}', '.')::DOUBLE`
    await engine.run(
      `ALTER TABLE ${quoteName(table)} ALTER ${column} SET DATA TYPE DOUBLE USING ${number}`,
    )
  }
}

async function styleOf(
  engine: ImportEngine,
  table: string,
  column: string,
): Promise<WrittenStyle | undefined> {
  const tests = STYLES.map(({ pattern }) => `bool_and(regexp_full_match(${column}, '${pattern}'))`)
  const rows = await engine.read(
    `SELECT bool_or(regexp_matches(${column}, '${EVIDENCE}')), ${tests.join(', ')} FROM ${table}`,
  )
  const [isWritten, ...matches] = rows[0] ?? []
  return isWritten === true ? STYLES[matches.indexOf(true)] : undefined
}
