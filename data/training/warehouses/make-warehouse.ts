/** Makes a warehouse of a theme: names in one style, and rows with the skew and the gaps of real ones. */
import type { Random } from '../../random.js'
import { makeCell, type Span } from './make-cell.js'
import type { NameStyle } from './name-style.js'
import type { Theme, ThemeColumn, ThemeTable } from './theme.js'
import type {
  Cell,
  MadeReference,
  Warehouse,
  WarehouseColumn,
  WarehouseTable,
} from './warehouse.js'

const factRows = [160, 320] as const
const thingRows = [18, 60] as const
/** In percent: columns that a warehouse of the theme does without. */
const withoutColumn = 12
/** In percent of the rows of a nullable column. */
const gaps = 22
/** A SMALLINT's. */
const largestSmall = 32_767

export function makeWarehouse(theme: Theme, style: NameStyle, random: Random): Warehouse {
  const span = chooseSpan(random)
  const tables: WarehouseTable[] = []
  for (const table of theme.tables) tables.push(makeTable(table, { style, span, random, tables }))
  return { name: theme.name, tables, declaresKeys: style.declaresKeys }
}

/** Two to four years that end on any day of the last ones. */
function chooseSpan(random: Random): Span {
  const last = Date.UTC(random.integer(2019, 2026), random.integer(0, 11), random.integer(1, 28))
  return { last, days: random.integer(700, 1_400) }
}

interface Making {
  readonly style: NameStyle
  readonly span: Span
  readonly random: Random
  /** Made before. */
  readonly tables: readonly WarehouseTable[]
}

function makeTable(table: ThemeTable, making: Making): WarehouseTable {
  const { style, random, tables } = making
  const label = table.columns.find(({ kind }) => kind === 'label')
  const isFact = label === undefined && table.references.length > 0
  const name = style.table(table.noun, table.plural, isFact)
  const references = table.references.map(({ to, nullable }): MadeReference => {
    const target = tables.find(({ noun }) => noun === to)
    if (!target) throw new Error(`${table.noun} refers to ${to}, which no line before it makes`)
    return { name: style.reference(to), nullable, to: target }
  })
  const described = table.columns.filter((column) => isKept(column, random))
  const count = rowCount(label, isFact, random)
  const rows = makeRows(count, described, references, making)
  const columns = described.map((column, at): WarehouseColumn => {
    const values = frequent(rows.map((row) => row[1 + references.length + at] ?? null))
    const type = typeOf(column, random)
    const words = column.kind === 'flag' && random.chance(60) ? `is ${column.words}` : column.words
    return { ...column, values, type, table: name, name: style.column(words, table.noun) }
  })
  const { noun, plural, preposition, deed } = table
  const said = { noun, plural, preposition, ...(deed && { deed }) }
  return {
    ...said,
    name,
    key: style.key(noun),
    columns,
    references,
    isFact,
    rows,
  }
}

/** Names, amounts and the day something happened make a table what it is. */
function isKept({ kind }: ThemeColumn, random: Random): boolean {
  const needed = ['label', 'money', 'day', 'moment'].includes(kind)
  return needed || !random.chance(withoutColumn)
}

function rowCount(label: ThemeColumn | undefined, isFact: boolean, random: Random): number {
  if (isFact) return random.integer(...factRows)
  const wanted = random.integer(...thingRows)
  return label && label.values.length > 0 ? Math.min(wanted, label.values.length) : wanted
}

function makeRows(
  count: number,
  columns: readonly ThemeColumn[],
  references: readonly MadeReference[],
  { span, random }: Making,
): Cell[][] {
  return Array.from({ length: count }, (_, at) => [
    at + 1,
    ...references.map(({ nullable, to }) =>
      nullable && random.chance(gaps) ? null : pickReference(to.rows.length, random),
    ),
    ...columns.map((column) =>
      column.nullable && random.chance(gaps) ? null : makeCell(column, at, span, random),
    ),
  ])
}

/** Some are far more in use than others, and the last of many are never. */
function pickReference(count: number, random: Random): number {
  const used = count > 8 ? Math.ceil(count * 0.88) : count
  return 1 + Math.floor(used * random.fraction() ** 1.5)
}

function frequent(cells: readonly Cell[]): Cell[] {
  const counts = new Map<Cell, number>()
  for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].sort((left, right) => right[1] - left[1]).map(([cell]) => cell)
}

function typeOf({ kind, range }: ThemeColumn, random: Random): string {
  if (kind === 'whole')
    return random.pick(['INTEGER', 'BIGINT', range[1] <= largestSmall ? 'SMALLINT' : 'INTEGER'])
  if (kind === 'rate') return Math.abs(range[1]) >= 20 ? 'INTEGER' : 'DOUBLE'
  if (kind === 'money') return random.pick(['DECIMAL(12,2)', 'DOUBLE'])
  if (kind === 'real') return 'DOUBLE'
  if (kind === 'day' || kind === 'past') return 'DATE'
  if (kind === 'moment') return 'TIMESTAMP'
  return kind === 'flag' ? 'BOOLEAN' : 'VARCHAR'
}
