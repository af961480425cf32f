/** WHERE of the rules generator: direct conditions, and semi-joins for tables below the base. */
import type { Catalog } from '../../../data/catalog.js'
import { childrenOf, parentsOf, pathUp } from '../../../data/relationship-graph.js'
import { dateWords, withColumn } from '../../../models/grammar/date-words.js'
import type { Entities, Existence, Filter, Period } from '../../entities/entities.js'
import { columnSql, filterSql, measureSql, periodSql } from './expressions.js'

export interface Conditions {
  /** Conditions in the user's filters: what a share is a share of leaves these out. */
  readonly chosen: readonly string[]
  /** The stretch of time. */
  readonly timed: readonly string[]
  /** Tables that conditions are on but that no key connects with the base. */
  readonly unplaced: readonly string[]
}

interface Located {
  readonly table: string
  readonly sql: string
  readonly timed: boolean
  /** The condition without its negation: on details, "not X" means that no detail is X. */
  readonly positive?: string
}

/** Conditions on tables a base row determines stand in WHERE; those on its detail rows go into one IN per detail table. */
export function conditionsOf(catalog: Catalog, entities: Entities, base: string): Conditions {
  const parents = parentsOf(catalog, base)
  const located = [...filterConditions(catalog, entities), ...timeCondition(catalog, entities)]
  const direct = located.filter(({ table }) => parents.has(table))
  const below = located.filter(({ table }) => !parents.has(table))
  const dated = entities.existence.filter(({ period }) => period !== undefined)
  const reach = dated.map(({ table }) => parentsOf(catalog, table))
  // What is on a detail of what happened cannot be told to be of both times.
  const vague = below.filter(({ table }) => reach.some((tables) => !tables.has(table)))
  return {
    chosen: [
      ...direct.filter(({ timed }) => !timed).map(({ sql }) => sql),
      ...dated.flatMap((existence) => inPeriod(catalog, base, existence, below)),
      ...semiJoins(catalog, entities, base, dated.length > 0 ? [] : below),
    ],
    timed: direct.filter(({ timed }) => timed).map(({ sql }) => sql),
    unplaced: [
      ...vague.map(({ table }) => table),
      ...below
        .map(({ table }) => table)
        .filter((table) => anchorFor(catalog, base, table, []) === undefined),
      ...boundsOnDetails(entities)
        .map(({ measure }) => measure.table)
        .filter((table) => pathUp(catalog, table, base) === undefined),
    ],
  }
}

function filterConditions(catalog: Catalog, { filters }: Entities): readonly Located[] {
  const either = filters.filter(({ alternative }) => alternative)
  const [first] = either
  const joined = first && {
    table: first.column.table,
    sql: `(${either.map((filter) => filterSql(catalog, filter)).join(' or ')})`,
    timed: false,
  }
  const each = filters.filter(({ alternative }) => !alternative)
  return [
    ...(joined ? [joined] : []),
    ...each.map((filter) => ({
      table: finerTable(catalog, filter),
      sql: filterSql(catalog, filter),
      timed: false,
      ...(filter.comparator === '<>' && {
        positive: filterSql(catalog, { ...filter, comparator: '=' }),
      }),
    })),
  ]
}

/** Of two columns held against each other, the one whose row leads to both. */
function finerTable(catalog: Catalog, { column, against }: Filter): string {
  const other = against?.column.table
  const below = other !== undefined && parentsOf(catalog, other).has(column.table)
  return below ? other : column.table
}

function timeCondition(catalog: Catalog, entities: Entities): readonly Located[] {
  const { timeColumn, periods, weekend } = entities
  if (!timeColumn) return []
  const days = withColumn(dateWords(catalog.dialect).isWeekend, columnSql(catalog, timeColumn))
  const chosen = weekend ? [{ table: timeColumn.table, sql: days, timed: false }] : []
  if (periods.length === 0) return chosen
  const parts = joinedPeriods(periods)
    .map((period) => periodSql(catalog, timeColumn, period))
    .filter(Boolean)
  if (parts.length === 0) return chosen
  const sql = parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' or ')})`
  return [...chosen, { table: timeColumn.table, sql, timed: true }]
}

/** Periods that follow on each other are one stretch of time. */
function joinedPeriods(periods: readonly Period[]): readonly Period[] {
  const joined: Period[] = []
  for (const period of [...periods].sort((a, b) => a.start.localeCompare(b.start))) {
    const last = joined.at(-1)
    if (last?.end !== period.start) joined.push(period)
    else joined.splice(-1, 1, { ...period, start: last.start })
  }
  return joined
}

interface Anchor {
  /** Where it is not the name it is kept under. */
  readonly table?: string
  readonly exists: boolean
  readonly conditions: readonly string[]
  readonly having: readonly string[]
}

/** Bounds that keep rows of the base by what their details add up to ("customers who bought more than 5 times"). */
export function boundsOnDetails({ base, having, dimensions }: Entities): Entities['having'] {
  return dimensions.length > 0 ? [] : having.filter(({ measure }) => measure.table !== base)
}

function semiJoins(
  catalog: Catalog,
  entities: Entities,
  base: string,
  below: readonly Located[],
): readonly string[] {
  const wanted = entities.existence.filter(({ period }) => period === undefined)
  const anchors = new Map<string, Anchor>()
  for (const { table, exists } of wanted) anchors.set(table, { exists, conditions: [], having: [] })
  for (const bound of boundsOnDetails(entities)) {
    const { table } = bound.measure
    const having = `${measureSql(catalog, bound.measure)} ${bound.comparator} ${bound.value}`
    const known = anchors.get(table)?.having ?? []
    anchors.set(table, { exists: true, conditions: [], having: [...known, having] })
  }
  for (const condition of below) placeBelow(catalog, base, anchors, condition)
  return [...anchors].flatMap(([name, anchor]) =>
    semiJoin(catalog, base, anchor.table ?? name, anchor),
  )
}

function placeBelow(
  catalog: Catalog,
  base: string,
  anchors: Map<string, Anchor>,
  { table, sql, positive }: Located,
): void {
  const missing = [...anchors].filter(([, { exists }]) => !exists).map(([name]) => name)
  const anchor = anchorFor(catalog, base, table, positive ? missing : [...anchors.keys()])
  if (anchor === undefined) return
  // "bought a lamp in May": the lamp is on a line of the very sale that was in May.
  const wider = [...anchors.keys()].find(
    (name) =>
      name !== anchor &&
      anchors.get(name)?.having.length === 0 &&
      parentsOf(catalog, anchor).has(name),
  )
  const known = anchors.get(anchor) ?? (wider === undefined ? undefined : anchors.get(wider))
  // "bought a lamp but no chair": two looks at the same details.
  if (positive !== undefined && known?.exists && known.conditions.length > 0) {
    const conditions = [positive]
    anchors.set(`not ${anchor}`, { table: anchor, exists: false, conditions, having: [] })
    return
  }
  if (wider !== undefined) anchors.delete(wider)
  const exists = positive === undefined && (known?.exists ?? true)
  const kept = positive !== undefined && known?.exists ? [] : (known?.conditions ?? [])
  const having = known?.having ?? []
  anchors.set(anchor, { exists, conditions: [...kept, positive ?? sql], having })
}

/** The detail table through which a condition reaches the base: one already in use, else the nearest. */
function anchorFor(
  catalog: Catalog,
  base: string,
  table: string,
  inUse: readonly string[],
): string | undefined {
  const reaches = (child: string) => parentsOf(catalog, child).has(table)
  const used = inUse.find(reaches)
  if (used !== undefined) return used
  const children = [...childrenOf(catalog, base)].filter(([child]) => child !== base)
  return children
    .filter(([child]) => reaches(child))
    .map(([child, down]) => ({ child, joins: down + (parentsOf(catalog, child).get(table) ?? 0) }))
    .sort((a, b) => a.joins - b.joins)[0]?.child
}

function semiJoin(
  catalog: Catalog,
  base: string,
  table: string,
  { exists, conditions, having }: Anchor,
): readonly string[] {
  const link = pathUp(catalog, table, base)?.at(-1)
  if (!link) return []
  const key = columnSql(catalog, link.to)
  const reference = columnSql(catalog, link.from)
  const inner = exists ? conditions : [...conditions, `${reference} is not null`]
  const where = inner.length > 0 ? ` where ${inner.join(' and ')}` : ''
  const groups = having.length > 0 ? ` group by ${reference} having ${having.join(' and ')}` : ''
  return [
    `${key} ${exists ? '' : 'not '}in (select ${reference} from ${tableSql(catalog, table)}${where}${groups})`,
  ]
}

/** What happened in one period is looked for by itself, along with what else is known of it. */
function inPeriod(
  catalog: Catalog,
  base: string,
  { table, exists, period, column }: Existence,
  below: readonly Located[],
): readonly string[] {
  if (!period || !column) return []
  const conditions = [...below.map(({ sql }) => sql), periodSql(catalog, column, period)]
  return semiJoin(catalog, base, table, { exists, conditions, having: [] })
}

function tableSql(catalog: Catalog, table: string): string {
  return columnSql(catalog, { table, column: 'x' }).replace(/\.x$/, '')
}
