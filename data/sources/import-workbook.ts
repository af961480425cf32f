/** Writes every sheet of a workbook into a table of its own. */
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api'
import { quoteName } from '../quote.js'
import { tableName } from './identifier.js'
import {
  readWorkbook,
  type SheetCell,
  type SheetColumnType,
  type SheetTable,
} from './read-workbook.js'

const MILLISECONDS_PER_DAY = 86_400_000
const MICROSECONDS_PER_MILLISECOND = 1_000n
/** Names that spreadsheet programs give by themselves, in a few languages. */
const GENERIC_SHEET = /^(sheet|table|tabelle|feuil|hoja|foglio|blad|planilha|лист)\s*\d*$/i

/** `claim` turns a wished table name into a free one. */
export async function importWorkbook(
  connection: DuckDBConnection,
  path: string,
  fileName: string,
  claim: (name: string) => string,
): Promise<void> {
  const sheets = await readWorkbook(path)
  for (const sheet of sheets) {
    await importSheet(connection, claim(wishedName(sheet.sheet, fileName, sheets.length)), sheet)
  }
}

function wishedName(sheet: string, fileName: string, sheetCount: number): string {
  if (sheetCount === 1) return tableName(fileName)
  return tableName(GENERIC_SHEET.test(sheet) ? `${fileName} ${sheet}` : sheet)
}

async function importSheet(
  connection: DuckDBConnection,
  table: string,
  { columns, rows }: SheetTable,
): Promise<void> {
  const definitions = columns.map(({ name, type }) => `${quoteName(name)} ${type}`)
  await connection.run(`CREATE TABLE ${quoteName(table)} (${definitions.join(', ')})`)
  const appender = await connection.createAppender(table)
  for (const row of rows) {
    for (const [index, { type }] of columns.entries()) append(appender, type, row[index] ?? null)
    appender.endRow()
  }
  appender.closeSync()
}

function append(appender: DuckDBAppender, type: SheetColumnType, cell: SheetCell): void {
  if (cell === null || cell === '') appender.appendNull()
  else WRITERS[type](appender, cell)
}

const WRITERS: Record<SheetColumnType, (appender: DuckDBAppender, cell: SheetCell) => void> = {
  BIGINT: (appender, cell) => appender.appendBigInt(BigInt(Number(cell))),
  DOUBLE: (appender, cell) => appender.appendDouble(Number(cell)),
  BOOLEAN: (appender, cell) => appender.appendBoolean(cell === true),
  DATE: (appender, cell) =>
    appender.appendDate(new DuckDBDateValue(Number(cell) / MILLISECONDS_PER_DAY)),
  TIMESTAMP: (appender, cell) =>
    appender.appendTimestamp(
      new DuckDBTimestampValue(BigInt(Math.round(Number(cell))) * MICROSECONDS_PER_MILLISECOND),
    ),
  VARCHAR: (appender, cell) => appender.appendVarchar(asText(cell)),
}

function asText(cell: SheetCell): string {
  if (!(cell instanceof Date)) return String(cell)
  return cell
    .toISOString()
    .replace('T', ' ')
    .replace(/( 00:00:00)?\.000Z$/, '')
}
