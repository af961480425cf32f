/** Makes a database of BIRD again from its column names and its gold SQL, with a few rows for every question. */
import type { Random } from '../../random.js'
import type { MadeColumn, MadeSource, MadeTable } from '../made-database.js'
import { type BirdDatabase, columnKey } from './bird-database.js'
import { type ColumnFacts, columnTypes, readFacts, storedValue } from './column-types.js'
import { findKeys, type GuessedKeys } from './find-keys.js'
import { type ColumnUses, readColumnUses } from './read-column-uses.js'

type Cell = string | number | null

/** Numbers of made keys begin here, above what questions name. */
const firstKey = 10_001
const isoDate = /^\d{4}-\d\d-\d\d/

export function makeBirdDatabase(bird: BirdDatabase, random: Random): MadeSource {
  const uses = bird.questions.flatMap(({ sql }) => readColumnUses(sql, bird) ?? [])
  const keys = findKeys(uses)
  const facts = readFacts(uses)
  const types = columnTypes(bird, facts, keys)
  const tables = [...bird.tables]
    .filter(([, columns]) => columns.length > 0)
    .map(([table, names]): MadeTable => {
      const columns = names.map((name) => ({
        name,
        type: types.get(columnKey({ table, column: name })) ?? 'TEXT',
      }))
      const primaryKey = keys.primary.get(table)
      const rows = uses.flatMap((use, index) => {
        if (!use.tables.includes(table)) return []
        const row = () => makeRow(table, columns, { use, index, facts, keys, random })
        // Twice, so that what is no key does not look like one.
        return primaryKey === undefined ? [row(), row()] : [row()]
      })
      return {
        name: table,
        columns,
        primaryKey,
        foreignKeys: foreignKeys(table, keys),
        rows: unique(rows, columns, primaryKey),
      }
    })
  const questions = bird.questions.map(({ id, text, sql }) => ({
    id,
    database: bird.name,
    wordings: [text] as const,
    sql,
  }))
  return { name: bird.name, tables, questions }
}

interface RowPlan {
  readonly use: ColumnUses
  /** Of the question: columns that are joined hold this number, so that its rows meet. */
  readonly index: number
  readonly facts: ColumnFacts
  readonly keys: GuessedKeys
  readonly random: Random
}

/** A row in which what one question compares comes true; the rest is drawn from what others compare. */
function makeRow(table: string, columns: readonly MadeColumn[], plan: RowPlan): Cell[] {
  return columns.map(({ name, type }) => {
    const key = columnKey({ table, column: name })
    const group = plan.keys.groups.get(key)
    const wanted = plan.use.compared.find((compared) => {
      const other = columnKey(compared)
      return other === key || (group !== undefined && plan.keys.groups.get(other) === group)
    })
    if (wanted && wanted.operator !== '!=' && wanted.operator !== '<>')
      return cellOf(storedValue(wanted), type)
    if (group !== undefined) return madeKey(plan.index, type)
    return otherCell(key, name, type, plan)
  })
}

function otherCell(
  key: string,
  name: string,
  type: MadeColumn['type'],
  { facts, random }: RowPlan,
): Cell {
  const values = facts.values.get(key) ?? []
  const isDate = facts.dates.has(key) || values.some((value) => isoDate.test(String(value)))
  if (isDate || (values.length === 0 && type === 'TEXT' && /(^|_)date|date$|Date/.test(name))) {
    const two = (number: number) => String(number).padStart(2, '0')
    return `${random.integer(1995, 2015)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
  }
  if (values.length > 0) return cellOf(random.pick(values), type)
  if (type === 'TEXT') return null
  if (/year/i.test(name)) return random.integer(1980, 2015)
  return type === 'REAL' ? random.integer(100, 9_999) / 100 : random.integer(1, 100)
}

/** A number, or a code of letters as people give them. */
function madeKey(index: number, type: MadeColumn['type']): Cell {
  if (type !== 'TEXT') return firstKey + index
  const letters = [index / 676, index / 26, index].map((part) =>
    String.fromCharCode(65 + (Math.floor(part) % 26)),
  )
  return letters.join('')
}

function cellOf(value: string | number, type: MadeColumn['type']): Cell {
  return type === 'TEXT' ? String(value) : Number(value)
}

function unique(
  rows: readonly Cell[][],
  columns: readonly MadeColumn[],
  primaryKey: string | undefined,
) {
  const at = columns.findIndex(({ name }) => name === primaryKey)
  if (at < 0) return rows
  return [...new Map(rows.map((row) => [row[at], row])).values()].filter((row) => row[at] !== null)
}

function foreignKeys(table: string, { foreign }: GuessedKeys) {
  return foreign
    .filter(({ from }) => from.table === table)
    .map(({ from, to }) => ({ column: from.column, table: to.table, to: to.column }))
}
