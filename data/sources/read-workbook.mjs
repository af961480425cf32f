/**
 * Reads the sheets of an .xlsx workbook as tables with a header row and typed columns. Plain JavaScript: it runs in the
 * process that imports.
 */
import readXlsxFile from 'read-excel-file/node'

const millisecondsPerDay = 86_400_000
/** A row is taken for the header when it fills at least this share of the widest row; titles above fill less. */
const headerShare = 0.6

/**
 * One `{ sheet, columns: [{ header, position, type }], rows }` each; positions count from 1. Sheets without any row below
 * a header are left out. Rejects when the file is no workbook.
 */
export async function readWorkbook(path) {
  const sheets = await readXlsxFile(path)
  return sheets.map(({ sheet, data }) => toTable(sheet, data)).filter(Boolean)
}

function toTable(sheet, cells) {
  const widest = cells.reduce((most, row) => Math.max(most, countFilled(row)), 0)
  const headerIndex = cells.findIndex((row) => countFilled(row) >= widest * headerShare)
  const header = cells[headerIndex]
  const rows = cells.slice(headerIndex + 1).filter((row) => countFilled(row) > 0)
  if (header === undefined || widest === 0 || rows.length === 0) return undefined
  const used = indexesInUse(header, rows)
  const columns = used.map((index) => ({
    header: String(header[index] ?? '').trim(),
    position: index + 1,
    type: columnType(rows.map((row) => row[index] ?? null)),
  }))
  return { sheet, columns, rows: rows.map((row) => used.map((index) => row[index] ?? null)) }
}

function indexesInUse(header, rows) {
  const width = rows.reduce((most, row) => Math.max(most, row.length), header.length)
  const indexes = Array.from({ length: width }, (_, index) => index)
  return indexes.filter((index) => [header, ...rows].some((row) => isFilled(row[index] ?? null)))
}

function columnType(cells) {
  const filled = cells.filter(isFilled)
  const all = (test) => filled.length > 0 && filled.every(test)
  if (all((cell) => typeof cell === 'boolean')) return 'BOOLEAN'
  if (all((cell) => Number.isSafeInteger(cell))) return 'BIGINT'
  if (all((cell) => typeof cell === 'number')) return 'DOUBLE'
  if (!all((cell) => cell instanceof Date)) return 'VARCHAR'
  return all((cell) => Number(cell) % millisecondsPerDay === 0) ? 'DATE' : 'TIMESTAMP'
}

function countFilled(row) {
  return row.filter(isFilled).length
}

function isFilled(cell) {
  return cell !== null && cell !== ''
}
