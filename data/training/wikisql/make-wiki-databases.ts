/** Puts a share of WikiSQL's tables together into small databases: other tables distract, and share the prompt. */
import { quoteName, quoteText } from '../../quote.js'
import type { Random } from '../../random.js'
import type { MadeColumn, MadeSource, MadeTable } from '../made-database.js'
import { fillRows } from './fill-rows.js'
import { chooseStyle, type NameStyle } from './name-style.js'
import { singularTable, tableName } from './table-name.js'
import { typeOfColumn } from './type-of-column.js'
import type { WikiCondition, WikiQuestion, WikiTable } from './wiki-question.js'

const fewestTables = 2
const mostTables = 5
/** Tables that number their rows, in percent; most databases do. */
const withKey = 65
/** Column names on which a second table of the same kind would make questions ambiguous. */
const tooManyShared = 3

/** `tables` in the order in which they are taken. */
export function makeWikiDatabases(tables: readonly WikiTable[], random: Random): MadeSource[] {
  const databases: MadeSource[] = []
  let group: WikiTable[] = []
  let wanted = random.integer(fewestTables, mostTables)
  const waiting = [...tables]
  while (waiting.length > 0) {
    const at = waiting.findIndex((table) => group.every((other) => canShare(table, other)))
    const next = at < 0 ? undefined : waiting.splice(at, 1)[0]
    if (next) group.push(next)
    if (next === undefined || group.length === wanted || waiting.length === 0) {
      databases.push(makeDatabase(group, random))
      group = []
      wanted = random.integer(fewestTables, mostTables)
    }
  }
  return databases
}

/** Questions name columns, not tables: those of one table must not fit another as well. */
function canShare(left: WikiTable, right: WikiTable): boolean {
  const names = new Set(left.columns.values())
  const shared = [...right.columns.values()].filter((name) => names.has(name))
  if (shared.length >= tooManyShared) return false
  const fits = (question: WikiQuestion, names: ReadonlySet<string>, own: WikiTable) =>
    usedColumns(question).every((number) => names.has(own.columns.get(number) ?? ''))
  return (
    !left.questions.some((one) => fits(one, new Set(right.columns.values()), left)) &&
    !right.questions.some((one) => fits(one, names, right))
  )
}

function usedColumns({ column, conditions }: WikiQuestion): number[] {
  return [column, ...conditions.map((condition) => condition.column)]
}

function makeDatabase(group: readonly WikiTable[], random: Random): MadeSource {
  const style = chooseStyle(random)
  const taken = new Set<string>()
  const made = group.flatMap((table) => {
    const name = tableName([...table.columns.values()], taken, random)
    if (name === undefined) return []
    taken.add(singularTable(name))
    return [makeTable(table, name, style, random)]
  })
  return {
    name: `wikisql_${group[0]?.id.replaceAll('-', '_')}`,
    tables: made.map(({ table }) => table),
    questions: made.flatMap(({ questions }) => questions),
  }
}

function makeTable(source: WikiTable, plainName: string, style: NameStyle, random: Random) {
  const { columns, questions } = source
  const name = style.table(plainName)
  const types = new Map([...columns.keys()].map((number) => [number, typeOfColumn(source, number)]))
  const made: MadeColumn[] = [...columns].map(([number, column]) => ({
    name: style.column(column),
    type: types.get(number) ?? 'TEXT',
  }))
  const rows = fillRows(source, types, random)
  const key = random.chance(withKey) ? keyName(plainName, style, made, random) : undefined
  const table: MadeTable = {
    name,
    columns: key ? [{ name: key, type: 'INTEGER' }, ...made] : made,
    primaryKey: key,
    // A row stands twice where nothing is a key, so that nothing looks like one.
    rows: key ? rows.map((row, index) => [index + 1, ...row]) : [...rows, ...rows.slice(0, 1)],
  }
  return {
    table,
    questions: questions.map((question) => ({
      id: question.id,
      database: name,
      wordings: [question.text] as const,
      sql: sqlOf(question, name, (number) => style.column(columns.get(number) ?? ''), types),
    })),
  }
}

function keyName(table: string, style: NameStyle, made: readonly MadeColumn[], random: Random) {
  const names = [style.column('id'), style.column(`${singularTable(table)}_id`)]
  const free = names.filter(
    (name) => !made.some((column) => column.name.toLowerCase() === name.toLowerCase()),
  )
  return free.length > 0 ? random.pick(free) : undefined
}

/** No value is counted twice or missing, unless the question says "different": then COUNT counts rows. */
function sqlOf(
  { aggregate, column, conditions, text }: WikiQuestion,
  table: string,
  nameOf: (column: number) => string,
  types: ReadonlyMap<number, MadeColumn['type']>,
): string {
  const name = quoteName(nameOf(column))
  const counted = /\b(different|distinct|unique)\b/i.test(text) ? `DISTINCT ${name}` : '*'
  const selected =
    aggregate === undefined ? name : `${aggregate}(${aggregate === 'COUNT' ? counted : name})`
  const where = conditions.map((condition) => conditionOf(condition, nameOf, types)).join(' AND ')
  return `SELECT ${selected} FROM ${quoteName(table)}${where === '' ? '' : ` WHERE ${where}`}`
}

function conditionOf(
  { column, operator, value }: WikiCondition,
  nameOf: (column: number) => string,
  types: ReadonlyMap<number, MadeColumn['type']>,
): string {
  const right = types.get(column) === 'TEXT' ? quoteText(value) : value
  return `${quoteName(nameOf(column))} ${operator} ${right}`
}
