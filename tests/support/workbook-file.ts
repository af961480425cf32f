/** Writes small .xlsx files for tests: sheets of plain cells in an uncompressed zip. */
import { writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

export type WorkbookCell = string | number | boolean | Date | null

const MILLISECONDS_PER_DAY = 86_400_000
/** Days from the spreadsheet's day 0, 1899-12-30, to 1970-01-01. */
const EPOCH_OFFSET_DAYS = 25_569
const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
/** Style 1 shows a number as a date. */
const STYLES = `<styleSheet xmlns="${NAMESPACE}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`

export async function writeWorkbook(
  path: string,
  sheets: Readonly<Record<string, readonly (readonly WorkbookCell[])[]>>,
): Promise<void> {
  const names = Object.keys(sheets)
  const list = names.map(
    (name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  const links = names.map((_, i) =>
    relationship(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`),
  )
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationships([relationship('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONSHIPS}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...links,
      relationship('rIdS', 'styles', 'styles.xml'),
    ]),
    'xl/styles.xml': STYLES,
  }
  for (const [i, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map(
      (row, r) => `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, r, c)).join('')}</row>`,
    )
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet xmlns="${NAMESPACE}"><sheetData>${rows.join('')}</sheetData></worksheet>`
  }
  await writeFile(path, zip(parts))
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`
}

function relationships(links: readonly string[]): string {
  return `<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`
}

function cellXml(cell: WorkbookCell, row: number, column: number): string {
  const at = `r="${String.fromCharCode(65 + column)}${row + 1}"`
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c ${at} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'string')
    return `<c ${at} t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`
  return `<c ${at} s="1"><v>${cell.getTime() / MILLISECONDS_PER_DAY + EPOCH_OFFSET_DAYS}</v></c>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Local entries, then the directory that lists them, then its end mark. */
function zip(parts: Readonly<Record<string, string>>): Buffer {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const content = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, place, Buffer.from(name)]),
    )
    entries.push(entry)
    offset += entry.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...entries, ...directory, Buffer.from('PK\x05\x06'), end])
}
