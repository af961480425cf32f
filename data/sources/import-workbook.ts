/** Writes every sheet of a workbook into a table of its own. */
import { quoteName } from '../quote.js'
import { tableName, uniqueName } from './identifier.js'
import type { ImportEngine, Sheet } from './import-engine.js'

/** Names that spreadsheet programs give by themselves, in a few languages. */
const GENERIC_SHEET = /^(sheet|table|tabelle|feuil|hoja|foglio|blad|planilha|лист)\s*\d*$/i

/** `claim` turns a wished table name into a free one. */
export async function importWorkbook(
  engine: ImportEngine,
  path: string,
  fileName: string,
  claim: (name: string) => string,
): Promise<void> {
  const sheets = await engine.readWorkbook(path)
  for (const [index, sheet] of sheets.entries()) {
    const table = claim(wishedName(sheet.name, fileName, sheets.length))
    await engine.run(`CREATE TABLE ${quoteName(table)} (${definitionsOf(sheet).join(', ')})`)
    await engine.fillTable(index, table)
  }
}

function wishedName(sheet: string, fileName: string, sheetCount: number): string {
  if (sheetCount === 1) return tableName(fileName)
  return tableName(GENERIC_SHEET.test(sheet) ? `${fileName} ${sheet}` : sheet)
}

function definitionsOf({ columns }: Sheet): readonly string[] {
  const taken = new Set<string>()
  return columns.map(({ header, position, type }) => {
    const name = uniqueName(header || `column_${position}`, taken)
    return `${quoteName(name)} ${type}`
  })
}
