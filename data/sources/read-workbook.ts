/** Reads the sheets of an .xlsx workbook as tables with a header row and typed columns. */
import readXlsxFile from 'read-excel-file/node'
import { uniqueName } from './identifier.js'

export type SheetCell = string | number | boolean | Date | null
export type SheetColumnType = 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'VARCHAR'

export interface SheetColumn {
  readonly name: string
  readonly type: SheetColumnType
}

export interface SheetTable {
  readonly sheet: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly SheetCell[])[]
}

const MILLISECONDS_PER_DAY = 86_400_000
/** A row is taken for the header when it fills at least this share of the widest row; titles above fill less. */
const HEADER_SHARE = 0.6

/** Sheets without any row below a header are left out. Throws when the file is no workbook. */
export async function readWorkbook(path: string): Promise<SheetTable[]> {
  const sheets = await readXlsxFile(path)
  return sheets.flatMap(({ sheet, data }) => {
    // The package types date cells as the constructor `Date` instead of its instances.
    const table = toTable(sheet, data as unknown as SheetCell[][])
    return table === undefined ? [] : [table]
  })
}

export function toTable(sheet: string, cells: SheetCell[][]): SheetTable | undefined {
  const widest = Math.max(0, ...cells.map(countFilled))
  const headerIndex = cells.findIndex((row) => countFilled(row) >= widest * HEADER_SHARE)
  const header = cells[headerIndex]
  const rows = cells.slice(headerIndex + 1).filter((row) => countFilled(row) > 0)
  if (header === undefined || widest === 0 || rows.length === 0) return undefined
  const used = indexesInUse(header, rows)
  const taken = new Set<string>()
  const columns = used.map((index) => ({
    name: uniqueName(String(header[index] ?? '').trim() || `column_${index + 1}`, taken),
    type: columnType(rows.map((row) => row[index] ?? null)),
  }))
  return { sheet, columns, rows: rows.map((row) => used.map((index) => row[index] ?? null)) }
}

function indexesInUse(header: readonly SheetCell[], rows: readonly SheetCell[][]): number[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), header.length)
  const indexes = Array.from({ length: width }, (_, index) => index)
  return indexes.filter((index) => [header, ...rows].some((row) => isFilled(row[index] ?? null)))
}

function columnType(cells: readonly SheetCell[]): SheetColumnType {
  const filled = cells.filter(isFilled)
  const all = (test: (cell: SheetCell) => boolean) => filled.length > 0 && filled.every(test)
  if (all((cell) => typeof cell === 'boolean')) return 'BOOLEAN'
  if (all((cell) => Number.isSafeInteger(cell))) return 'BIGINT'
  if (all((cell) => typeof cell === 'number')) return 'DOUBLE'
  if (!all((cell) => cell instanceof Date)) return 'VARCHAR'
  return all((cell) => Number(cell) % MILLISECONDS_PER_DAY === 0) ? 'DATE' : 'TIMESTAMP'
}

function countFilled(row: readonly SheetCell[]): number {
  return row.filter(isFilled).length
}

function isFilled(cell: SheetCell): boolean {
  return cell !== null && cell !== ''
}
