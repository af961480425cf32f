/** Decides which reads of tables each filter restricts, and by which condition, or why it cannot be said. */
import type { Catalog, Column, Dialect, Value } from '../catalog.js'
import { quoteIdentifier } from '../join-free/quote-identifier.js'
import type { NameNode } from '../join-free/sql-tree.js'
import { quoteText, quoteTextFor } from '../quote.js'
import type { RowFilters, ValueFilter } from './row-filters.js'
import type { ReadScope, TableRead } from './table-reads.js'

export interface Restriction {
  readonly node: NameNode
  /** `table.column`. */
  readonly column: string
  /** SQL on the table's own columns. */
  readonly condition: string
}

export type FilterPlan =
  | { readonly ok: true; readonly restrictions: readonly Restriction[] }
  | { readonly ok: false; readonly reason: string }

export interface Surroundings {
  readonly catalog: Catalog
  readonly scopes: readonly ReadScope[]
  /** Lower-case last parts of all names in the SQL. */
  readonly names: ReadonlySet<string>
}

interface Found {
  readonly read: TableRead
  readonly column: Column
}
type Choice = { readonly ok: true; readonly found: readonly Found[] } | Misfit
type Misfit = { readonly ok: false; readonly reason: string }

export function planDates({ from, to }: RowFilters, around: Surroundings): FilterPlan {
  const condition = (column: Column) => {
    const name = quoteIdentifier(column.name, around.catalog.dialect)
    const day = (text: string) =>
      (around.catalog.dialect === 'sqlite' ? '' : 'DATE ') + quoteText(text)
    return [
      ...(from === undefined ? [] : [`${name} >= ${day(from)}`]),
      ...(to === undefined ? [] : [`${name} < ${day(dayAfter(to))}`]),
    ].join(' AND ')
  }
  return plan(around, (scope) => chooseDate(scope, around), condition)
}

export function planValues({ column, values }: ValueFilter, around: Surroundings): FilterPlan {
  const condition = (found: Column) => valueCondition(found, values, around.catalog.dialect)
  return plan(around, (scope) => chooseColumn(scope, column), condition)
}

/** Every part of the result must be restricted: half a comparison would be a wrong one. */
function plan(
  { catalog, scopes }: Surroundings,
  choose: (scope: ReadScope) => Choice,
  conditionOn: (column: Column) => string | undefined,
): FilterPlan {
  const restrictions: Restriction[] = []
  for (const scope of scopes) {
    const choice = choose(scope)
    if (!choice.ok && scope.givesRows) return choice
    for (const { read, column } of choice.ok ? choice.found : []) {
      if (read.isOptional && !isDetail(read, scope, catalog)) return misfit(optional(read))
      const condition = conditionOn(column)
      if (condition === undefined) {
        return misfit(`A value is no ${column.kind}, which ${nameOf(read, column)} holds.`)
      }
      restrictions.push({ node: read.node, column: nameOf(read, column), condition })
    }
  }
  return restrictions.length > 0 ? { ok: true, restrictions } : misfit('It reads no table.')
}

/** Rows of details that are left out leave what they belong to in place, which is what is asked. */
function isDetail(read: TableRead, { reads }: ReadScope, { relationships }: Catalog): boolean {
  const others = new Set(reads.map(({ table }) => table.name))
  return relationships.some(
    ({ from, to }) =>
      from.table === read.table.name && others.has(to.table) && to.table !== from.table,
  )
}

function optional({ table }: TableRead): string {
  return `Rows are shown that have no row in ${table.name}, which it would not leave out.`
}

/** The date that the SQL names; where it names none, that of the longest table. */
function chooseDate({ reads }: ReadScope, { names }: Surroundings): Choice {
  const dates = reads.flatMap((read) =>
    read.table.columns
      .filter(({ kind }) => kind === 'date' || kind === 'timestamp')
      .map((column) => ({ read, column })),
  )
  if (dates.length === 0) return misfit(`There is no date in ${tablesOf(reads)}.`)
  const named = dates.filter(({ column }) => names.has(column.name.toLowerCase()))
  const told = new Set(named.map(({ read, column }) => nameOf(read, column)))
  if (told.size > 1) return misfit(`It reads several dates: ${[...told].join(', ')}.`)
  if (told.size === 1) return { ok: true, found: named }
  const [best] = [...dates].sort(
    (a, b) =>
      b.read.table.rowCount - a.read.table.rowCount ||
      Number(a.column.nullable) - Number(b.column.nullable),
  )
  return { ok: true, found: dates.filter(({ column }) => column === best?.column) }
}

function chooseColumn({ reads }: ReadScope, given: string): Choice {
  const wanted = given.toLowerCase()
  const found = reads.flatMap((read) =>
    read.table.columns
      .filter(({ name }) =>
        [name, `${read.table.name}.${name}`].some((one) => one.toLowerCase() === wanted),
      )
      .map((column) => ({ read, column })),
  )
  if (found.length === 0) return misfit(`There is no column ${given} in ${tablesOf(reads)}.`)
  const told = new Set(found.map(({ read, column }) => nameOf(read, column)))
  if (told.size > 1) return misfit(`It may be one of ${[...told].join(', ')}.`)
  return { ok: true, found }
}

/** Undefined when a value is none of the column's kind. */
function valueCondition(
  column: Column,
  values: readonly Value[],
  dialect: Dialect,
): string | undefined {
  const name = quoteIdentifier(column.name, dialect)
  const given = values.filter((value) => value !== null)
  const written = given.map((value) => literal(value, column, dialect))
  if (written.includes(undefined)) return undefined
  const choices = [
    ...(written.length > 0 ? [`${name} IN (${written.join(', ')})`] : []),
    ...(given.length < values.length ? [`${name} IS NULL`] : []),
  ]
  return choices.length > 0 ? `(${choices.join(' OR ')})` : '1 = 0'
}

function literal(
  value: string | number | boolean,
  { kind }: Column,
  dialect: Dialect,
): string | undefined {
  if (kind === 'number') {
    const isNumber = typeof value === 'number' || /^-?\d{1,30}(\.\d{1,30})?$/.test(String(value))
    return isNumber && typeof value !== 'boolean' ? String(value) : undefined
  }
  if (kind === 'boolean') return typeof value === 'boolean' ? String(value) : undefined
  return kind === 'other' ? undefined : quoteTextFor(dialect, String(value))
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function nameOf({ table }: TableRead, column: Column): string {
  return `${table.name}.${column.name}`
}

function tablesOf(reads: readonly TableRead[]): string {
  return [...new Set(reads.map(({ table }) => table.name))].join(', ')
}

function misfit(reason: string): Misfit {
  return { ok: false, reason }
}
