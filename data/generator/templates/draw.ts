/** Draws tables and columns for templates, with words for what is shown. */
import type { Random } from '../../random.js'
import type { AskableColumn, AskableTable, Label, Role } from './askable.js'
import { joined } from './say.js'

/** What a select shows. */
export interface Shown {
  readonly sql: string
  /** "Name and age". */
  readonly one: string
  /** "Names and ages". */
  readonly many: string
  readonly columns: readonly AskableColumn[]
}

/** Undefined for an empty list. */
export function drawn<T>(list: readonly T[], random: Random): T | undefined {
  return list.length > 0 ? random.pick(list) : undefined
}

export function columnsOf(
  { columns }: AskableTable,
  roles: readonly Role[],
  taken: readonly AskableColumn[] = [],
): readonly AskableColumn[] {
  return columns.filter((column) => roles.includes(column.role) && !taken.includes(column))
}

export function drawColumn(
  table: AskableTable,
  roles: readonly Role[],
  random: Random,
  taken: readonly AskableColumn[] = [],
): AskableColumn | undefined {
  return drawn(columnsOf(table, roles, taken), random)
}

/** One to three columns, mostly what names the rows and something more. */
export function drawShown(
  table: AskableTable,
  random: Random,
  taken: readonly AskableColumn[] = [],
): Shown | undefined {
  const label = table.label && !table.label.columns.some((column) => taken.includes(column))
  const own = label && random.chance(72) ? [...(table.label?.columns ?? [])] : []
  const wanted = own.length > 0 ? random.weighted([50, 35, 15]) : 1 + random.weighted([65, 35])
  const free = table.columns.filter(
    (column) =>
      ![...own, ...taken].includes(column) && (column.role !== 'key' || random.chance(15)),
  )
  const more: AskableColumn[] = []
  while (more.length < wanted && more.length < free.length) {
    more.push(random.pick(free.filter((column) => !more.includes(column))))
  }
  const columns = random.chance(85) ? [...own, ...more] : [...more, ...own]
  return columns.length > 0 ? shownFrom(columns) : undefined
}

export function shownFrom(columns: readonly AskableColumn[]): Shown {
  return {
    columns,
    sql: columns.map(({ sql }) => sql).join(', '),
    one: joined(columns.map(({ words }) => words)),
    many: joined(columns.map(({ plural }) => plural)),
  }
}

export function shownLabel({ columns, sql, words, plural }: Label): Shown {
  return { columns, sql, one: words, many: plural }
}

/** The label alone, or a few columns. */
export function labelOrShown(
  table: AskableTable,
  random: Random,
  taken: readonly AskableColumn[] = [],
): Shown | undefined {
  const { label } = table
  const usable = label && !label.columns.some((column) => taken.includes(column))
  return usable && random.chance(70) ? shownLabel(label) : drawShown(table, random, taken)
}

/** "Names of singers", "name of each singer". */
export function ofThem(shown: Shown, { plural, noun }: AskableTable, random: Random): string {
  return random.pick([
    `${shown.many} of all ${plural}`,
    `${shown.many} of all the ${plural}`,
    `${shown.many} of ${plural}`,
    `${shown.many} of the ${plural}`,
    `${shown.one} of each ${noun}`,
    `${shown.one} of every ${noun}`,
    `${shown.columns.length > 1 ? shown.one : shown.many} of all ${plural}`,
  ])
}

/** "Names of singers whose country is France"; `narrowed` begins without a space. */
export function ofSome(
  shown: Shown,
  { plural }: AskableTable,
  narrowed: string,
  random: Random,
): string {
  const several = shown.columns.length > 1 ? shown.one : shown.many
  return random.pick([
    `${shown.many} of ${plural} ${narrowed}`,
    `${shown.many} of the ${plural} ${narrowed}`,
    `${shown.many} of all ${plural} ${narrowed}`,
    `${several} of ${plural} ${narrowed}`,
    `${several} of the ${plural} ${narrowed}`,
  ])
}
