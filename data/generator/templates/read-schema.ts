/** Finds what can be asked about a catalog: readable tables and columns, and keys that can mean one thing only. */

import { sqlColumn, sqlName } from '../../../models/grammar/sql-name.js'
import type { Catalog, Column, Relationship, Table } from '../../catalog.js'
import { isKeyName } from '../../name-words.js'
import type {
  AskableColumn,
  AskableSchema,
  AskableTable,
  Bridge,
  Chain,
  Label,
  Link,
  NumberRange,
  Role,
} from './askable.js'
import { manyOf, oneOf, readName, readNoun, withoutTable } from './read-words.js'

export function readSchema(catalog: Catalog): AskableSchema {
  const foreign = new Set(
    catalog.relationships.map(({ from }) => sqlColumn(from.table, from.column)),
  )
  const read = catalog.tables.flatMap((table) => readTable(table, foreign) ?? [])
  const tables = read.filter(({ noun }) => read.filter((other) => other.noun === noun).length === 1)
  const links = readLinks(catalog, tables)
  return { tables, links, bridges: readBridges(catalog, tables), chains: readChains(links) }
}

function readTable(table: Table, foreign: ReadonlySet<string>): AskableTable | undefined {
  const words = readNoun(table.name)
  if (!words || table.rowCount < 2) return undefined
  const read = table.columns.flatMap(
    (column) => readColumn(table, column, words.noun, foreign) ?? [],
  )
  const columns = read.filter(
    (column) => read.filter(({ words }) => words === column.words).length === 1,
  )
  if (columns.length === 0) return undefined
  const [key, ...more] = table.primaryKey
  return {
    ...words,
    name: table.name,
    sql: sqlName(table.name),
    columns,
    label: labelOf(columns),
    key: key !== undefined && more.length === 0 ? sqlColumn(table.name, key) : undefined,
  }
}

function readColumn(
  table: Table,
  column: Column,
  noun: string,
  foreign: ReadonlySet<string>,
): AskableColumn | undefined {
  const sql = sqlColumn(table.name, column.name)
  const full = readName(column.name)
  if (full === undefined || foreign.has(sql)) return undefined
  const plain = withoutTable(full, noun)
  const one = oneOf(plain)
  const role =
    one === noun ? undefined : roleOf(table, column, column.kind === 'text' ? one : plain)
  if (role === undefined) return undefined
  const words = role === 'number' ? plain : one
  const values = [...new Set([...(column.values ?? []), ...column.samples])].filter(isSayable)
  return {
    table: sqlName(table.name),
    sql,
    role,
    words,
    plural: manyOf(words),
    values: column.kind === 'text' ? values : [],
    range: role === 'number' || role === 'year' ? rangeOf(column) : undefined,
    additive: role === 'number' && !notAdded.test(words),
    hasGaps: column.nullable,
    kind: column.kind,
  }
}

const notAdded =
  /\b(age|rate|rank|ranking|percent|percentage|average|ratio|rating|temperature|height|grade|level|month|day|index|version|position|latitude|longitude|order|round|score|gpa|elevation|wavelength|frequency|maximum|minimum|speed|density|week)\b/
const noNumber =
  /^(day|month|hour|minute|second|weekday)$|\b(zip|phone|telephone|fax|postal|postcode|ssn|isbn|latitude|longitude|lat|long|code|address|season)\b/
const numeral = /^\s*-?[\d.,:/% ]+\s*$/

function roleOf(table: Table, column: Column, words: string): Role | undefined {
  if (column.kind === 'date' || column.kind === 'timestamp') return 'date'
  if (column.kind !== 'number' && column.kind !== 'text') return undefined
  const isOwnKey = table.primaryKey.includes(column.name)
  const isCount = /^(number of|total)\b/.test(words)
  if (/^(id|code|key)$/.test(words)) return isOwnKey ? 'key' : undefined
  if ((isKeyName(column.name) && !isCount) || /\bid\b/.test(words)) return undefined
  if (column.kind === 'number') return isOwnKey ? undefined : numberRole(column, words)
  // Numbers and times that are kept as text order and compare as text.
  const samples = column.samples.filter((sample) => sample !== '')
  if (samples.length > 0 && samples.every((sample) => numeral.test(sample))) return undefined
  if (/\b(name|title)$/.test(words)) return 'name'
  return isCategory(table, column) ? 'category' : 'text'
}

/** Larger numbers are times or keys; nobody says them. */
const mostSaid = 10 ** 10

function numberRole(column: Column, words: string): Role | undefined {
  const range = rangeOf(column)
  if (!range || noNumber.test(words) || Math.abs(range.high) >= mostSaid) return undefined
  if (/\byear\b/.test(words)) return range.low > 1000 && range.high < 2100 ? 'year' : undefined
  const isFounded = /^(founded|opened|built|established|launched)$/.test(words)
  if (isFounded && range.low > 1000 && range.high < 2100) return 'year'
  const isFlag = range.low >= 0 && range.high <= 1 && range.whole
  return isFlag || range.low === range.high ? undefined : 'number'
}

function rangeOf(column: Column): NumberRange | undefined {
  const [low, high] = [Number(column.min ?? Number.NaN), Number(column.max ?? Number.NaN)]
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined
  const samples = column.samples.map(Number).filter(Number.isFinite)
  return { low, high, samples, whole: [low, high, ...samples].every(Number.isInteger) }
}

const mostCategories = 40
const distinctShare = 0.7

function isCategory({ rowCount }: Table, { distinctCount }: Column): boolean {
  return (
    distinctCount !== undefined &&
    distinctCount > 1 &&
    distinctCount <= mostCategories &&
    distinctCount <= Math.max(2, rowCount * distinctShare)
  )
}

const longestValue = 36

/** People name a value by its letters. */
function isSayable(value: string): boolean {
  return (
    value.length <= longestValue &&
    /\p{L}{2}/u.test(value) &&
    !/["%_\n\\]/.test(value) &&
    value.trim() === value &&
    !/^(null|none|n\/a)$/i.test(value)
  )
}

function labelOf(columns: readonly AskableColumn[]): Label | undefined {
  const named = (words: string) => columns.find((column) => column.words === words)
  const [first, last] = [named('first name'), named('last name')]
  const whole = named('name') ?? named('title') ?? named('full name')
  if (whole) return labelFrom([whole])
  if (first && last) return labelFrom([first, last])
  const other = columns.find(({ role }) => role === 'name')
  return other && labelFrom([other])
}

function labelFrom(columns: readonly AskableColumn[]): Label {
  return {
    columns,
    sql: columns.map(({ sql }) => sql).join(', '),
    words: columns.length > 1 ? 'first and last name' : (columns[0]?.words ?? ''),
    plural: columns.length > 1 ? 'first and last names' : (columns[0]?.plural ?? ''),
  }
}

/** Between two tables there must be one key: then its joins are not a matter of taste. */
function readLinks(catalog: Catalog, tables: readonly AskableTable[]): Link[] {
  return onlyKeys(catalog).flatMap(({ from, to }) => {
    const child = tables.find(({ name }) => name === from.table)
    const parent = tables.find(({ name }) => name === to.table)
    const isUnique = catalog.tables
      .find(({ name }) => name === from.table)
      ?.columns.find(({ name }) => name === from.column)?.unique
    if (!child || !parent || isUnique) return []
    return [{ child, parent, foreignKey: sqlColumn(from.table, from.column) }]
  })
}

function onlyKeys({ relationships }: Catalog): readonly Relationship[] {
  const pairOf = ({ from, to }: Relationship) => [from.table, to.table].sort().join('\n')
  return relationships.filter(
    (key) =>
      key.from.table !== key.to.table &&
      key.further === undefined &&
      relationships.filter((other) => pairOf(other) === pairOf(key)).length === 1,
  )
}

/** Columns beyond its keys that a table may have and still only relate two others. */
const mostOfBridge = 3

/** A table with names of its own is a thing, such as an employee of a department and a job. */
function isBare({ columns }: Table): boolean {
  const isNamed = columns.some(({ name }) => /\b(name|title)$/.test(readName(name) ?? ''))
  return !isNamed && columns.filter(({ name }) => !isKeyName(name)).length <= mostOfBridge
}

function readBridges(catalog: Catalog, tables: readonly AskableTable[]): Bridge[] {
  const keys = onlyKeys(catalog)
  const found = catalog.tables.flatMap((table) => {
    if (!isBare(table)) return []
    const own = keys.filter(({ from }) => from.table === table.name)
    const all = catalog.relationships.filter(({ from }) => from.table === table.name)
    const ends = own.map(({ to }) => tables.find(({ name }) => name === to.table))
    if (own.length !== 2 || all.length !== 2) return []
    return [0, 1].flatMap((at): Bridge[] => {
      const [key, left, right] = [own[at], ends[at], ends[1 - at]]
      if (!key || !left || !right) return []
      const leftKey = sqlColumn(table.name, key.from.column)
      return [{ sql: sqlName(table.name), left, right, leftKey }]
    })
  })
  const isJoined = ({ left, right }: Bridge) =>
    catalog.relationships.some(({ from, to }) =>
      [`${left.name}\n${right.name}`, `${right.name}\n${left.name}`].includes(
        `${from.table}\n${to.table}`,
      ),
    )
  const isOnly = ({ left, right }: Bridge) =>
    found.filter((other) => other.left === left && other.right === right).length === 1
  return found.filter((bridge) => !isJoined(bridge) && isOnly(bridge))
}

function readChains(links: readonly Link[]): Chain[] {
  const isLinked = (one: AskableTable, other: AskableTable) =>
    links.some(
      ({ child, parent }) =>
        (child === one && parent === other) || (child === other && parent === one),
    )
  const all = links.flatMap(({ child, parent: middle }) =>
    links
      .filter((next) => next.child === middle && next.parent !== child)
      .map(({ parent: top }) => ({ child, middle, top })),
  )
  return all.filter(
    (chain) =>
      !isLinked(chain.child, chain.top) &&
      all.filter(({ child, top }) => child === chain.child && top === chain.top).length === 1,
  )
}
