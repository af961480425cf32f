/** Sorts MySQL's types into the few kinds that questions and charts care about. */
import type { ColumnKind } from '../catalog.js'

/** A column of a result, as the server describes it. */
export interface ColumnField {
  readonly name: string
  /** Of the protocol's own numbering. */
  readonly columnType: number
  /** In bytes. */
  readonly columnLength: number
  readonly characterSet: number
  readonly decimals: number
  readonly flags: number
  /** Empty of what is computed. */
  readonly orgTable: string
}

export interface ShownType {
  readonly type: string
  readonly kind: ColumnKind
}

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(TINYINT|BIT)\(1\)$/, 'boolean'],
  [/^(TINYINT|SMALLINT|MEDIUMINT|INT|BIGINT|DECIMAL|FLOAT|DOUBLE|YEAR|BIT)\b/, 'number'],
  [/^(CHAR|VARCHAR|TINYTEXT|TEXT|MEDIUMTEXT|LONGTEXT|ENUM|SET|UUID|INET4|INET6)\b/, 'text'],
  [/^DATE$/, 'date'],
  [/^(DATETIME|TIMESTAMP)\b/, 'timestamp'],
]

/** `type` as `shownType` writes it. */
export function kindOf(type: string): ColumnKind {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

/** `columnType` as the server's lists have it: in capitals but for lists of values, and without widths that say nothing. */
export function shownType(columnType: string): ShownType {
  const type = columnType
    .replace(/^[a-z]+/i, (word) => word.toUpperCase())
    .replace(/^(TINYINT|SMALLINT|MEDIUMINT|INT|BIGINT|YEAR)\(\d+\)/, (text, word) =>
      text === 'TINYINT(1)' ? text : word,
    )
    .replace(/ unsigned.*$/, ' UNSIGNED')
    .replace(/ \/\*.*$/, '')
  return { type, kind: kindOf(type) }
}

const typeNames: Readonly<Record<number, string>> = {
  0: 'DECIMAL',
  1: 'TINYINT',
  2: 'SMALLINT',
  3: 'INT',
  4: 'FLOAT',
  5: 'DOUBLE',
  6: 'NULL',
  7: 'TIMESTAMP',
  8: 'BIGINT',
  9: 'MEDIUMINT',
  10: 'DATE',
  11: 'TIME',
  12: 'DATETIME',
  13: 'YEAR',
  14: 'DATE',
  15: 'VARCHAR',
  16: 'BIT',
  245: 'JSON',
  246: 'DECIMAL',
  247: 'ENUM',
  248: 'SET',
  249: 'TINYTEXT',
  250: 'MEDIUMTEXT',
  251: 'LONGTEXT',
  252: 'TEXT',
  253: 'VARCHAR',
  254: 'CHAR',
  255: 'GEOMETRY',
}
const binaryNames: Readonly<Record<string, string>> = {
  TINYTEXT: 'TINYBLOB',
  MEDIUMTEXT: 'MEDIUMBLOB',
  LONGTEXT: 'LONGBLOB',
  TEXT: 'BLOB',
  VARCHAR: 'VARBINARY',
  CHAR: 'BINARY',
}

const binaryCharacters = 63
const unsignedFlag = 32
const enumFlag = 256
const setFlag = 2_048
const bytesPerCharacter = 4

export function fieldType(field: ColumnField): ShownType {
  const type = fieldTypeName(field)
  return { type, kind: type === 'NULL' ? 'text' : kindOf(type) }
}

export function isBinary({ columnType, characterSet }: ColumnField): boolean {
  return characterSet === binaryCharacters && (columnType === 15 || columnType >= 249)
}

function fieldTypeName(field: ColumnField): string {
  const { columnType, columnLength, decimals, flags } = field
  const name = typeNames[columnType] ?? 'UNKNOWN'
  if (flags & enumFlag) return 'ENUM'
  if (flags & setFlag) return 'SET'
  if (isBinary(field)) return binaryNames[name] ?? name
  const isUnsigned = (flags & unsignedFlag) !== 0
  const unsigned = isUnsigned ? ' UNSIGNED' : ''
  if (name === 'TINYINT' && columnLength === 1) return 'TINYINT(1)'
  if (name === 'BIT') return `BIT(${columnLength})`
  if (name === 'DECIMAL') {
    const signs = (decimals > 0 ? 1 : 0) + (isUnsigned ? 0 : 1)
    return `DECIMAL(${columnLength - signs},${decimals})${unsigned}`
  }
  if (name === 'VARCHAR' || name === 'CHAR') {
    return `${name}(${Math.floor(columnLength / bytesPerCharacter)})`
  }
  return /INT$/.test(name) ? `${name}${unsigned}` : name
}
