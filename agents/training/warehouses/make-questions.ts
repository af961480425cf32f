/** Makes questions on a made warehouse, each with SQL that is known to run and to find something. */

import { polish } from '../../../data/generator/polish.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import type { Random } from '../../../data/random.js'
import type { OpenWarehouse } from '../../../data/training/warehouses/open-warehouse.js'
import type { Warehouse } from '../../../data/training/warehouses/warehouse.js'
import { noAnswer } from '../../../models/prompts/sql-prompt.js'
import type { Period } from '../../entities/entities.js'
import { newestDate } from '../../entities/schema/newest-date.js'
import type { TrainingQuestion } from '../training-question.js'
import type { Clock } from './ask-periods.js'
import type { Asked, Kind } from './asked.js'
import {
  distinctOwners,
  perOwner,
  perStretch,
  remainder,
  severalNumbers,
} from './kinds-averages.js'
import { compareFlags, compareGroups } from './kinds-comparisons.js'
import { datedThings, datedThingsOverTime, latest } from './kinds-dates.js'
import { difference } from './kinds-differences.js'
import { missing, never } from './kinds-existence.js'
import { distinctValues, listedEvents, partOfName, things } from './kinds-lists.js'
import { byKey, lookup } from './kinds-lookups.js'
import { bestInEach, laterThing } from './kinds-orders.js'
import { bestGroup, bestStretch, keptGroups, rankedGroups, topGroups } from './kinds-rankings.js'
import { aboveAverage, share, shareOfEach } from './kinds-shares.js'
import { topThings } from './kinds-things.js'
import { compareTimes, growth } from './kinds-times.js'
import { byGroup, oneNumber, overTime } from './kinds-totals.js'
import { unanswerable } from './kinds-unanswerable.js'
import { dateOf, worldOf } from './world.js'

/** How often each is asked, of 100 or so. */
export const kinds: readonly (readonly [name: string, weight: number, kind: Kind])[] = [
  ['one number', 15, oneNumber],
  ['by group', 11, byGroup],
  ['over time', 8, overTime],
  ['several numbers', 1.5, severalNumbers],
  ['per owner', 1.5, perOwner],
  ['per stretch', 1.5, perStretch],
  ['distinct owners', 3, distinctOwners],
  ['top groups', 7, topGroups],
  ['ranked groups', 2, rankedGroups],
  ['best group', 5, bestGroup],
  ['best stretch', 2.5, bestStretch],
  ['kept groups', 4, keptGroups],
  ['top things', 4, topThings],
  ['later thing', 2, laterThing],
  ['best in each', 4, bestInEach],
  ['difference', 1.5, difference],
  ['share', 4, share],
  ['share of each', 2, shareOfEach],
  ['compare groups', 3, compareGroups],
  ['compare flags', 1, compareFlags],
  ['remainder', 1, remainder],
  ['compare times', 4, compareTimes],
  ['growth', 2.5, growth],
  ['above average', 1.5, aboveAverage],
  ['never', 4, never],
  ['things', 7, things],
  ['dated things', 3, datedThings],
  ['dated things over time', 1, datedThingsOverTime],
  ['listed events', 3, listedEvents],
  ['lookup', 4, lookup],
  ['by key', 1.5, byKey],
  ['latest', 2.5, latest],
  ['missing', 1.5, missing],
  ['distinct values', 1.5, distinctValues],
  ['part of name', 1.5, partOfName],
  ['unanswerable', 3, unanswerable],
]

export interface MakingTask {
  readonly warehouse: Warehouse
  readonly database: Pick<OpenWarehouse, 'catalog' | 'run'>
  /** As users' questions are read. */
  readonly readPeriods: (question: string) => readonly Period[]
  readonly count: number
  readonly random: Random
}

export interface MadeQuestions {
  readonly questions: readonly TrainingQuestion[]
  /** How many were left out, by why. */
  readonly rejected: Readonly<Record<string, number>>
}

/** As many tries as there may be for each question wanted. */
const triesPerQuestion = 6

export async function makeQuestions(task: MakingTask): Promise<MadeQuestions> {
  const { warehouse, database, random, count } = task
  const world = worldOf(warehouse)
  const setting = { world, clock: clockOf(task), random }
  const questions: TrainingQuestion[] = []
  const rejected: Record<string, number> = {}
  const said = new Set<string>()
  for (let left = count * triesPerQuestion; left > 0 && questions.length < count; left--) {
    const [name, , kind] = kinds[random.weighted(kinds.map(([, weight]) => weight))] ?? []
    const asked = kind?.(setting)
    if (!asked) continue
    const wording = polish(asked, random)
    const known = said.has(wording.toLowerCase())
    const checked = known ? 'asked before' : await check(asked, wording, task)
    if (typeof checked === 'string') {
      const reason = `${name}: ${checked}`
      rejected[reason] = (rejected[reason] ?? 0) + 1
      continue
    }
    said.add(wording.toLowerCase())
    const id = `${database.catalog.version}-${questions.length + 1}-${name}`
    questions.push({ id, wordings: [wording], joinFree: asked.sql, tables: checked })
  }
  return { questions, rejected }
}

/** The tables that the SQL reads, or why the question is no good. */
async function check(
  { sql }: Asked,
  wording: string,
  { database, readPeriods }: MakingTask,
): Promise<readonly string[] | string> {
  if (sql === noAnswer) return []
  const completed = completeJoinFree(sql, database.catalog)
  if (!completed.ok) return `not completed: ${completed.message}`
  if (!saysEveryValue(sql, wording)) return 'a value goes unsaid'
  if (!readsTimesAlike(sql, readPeriods(wording))) return 'its times are read otherwise'
  const outcome = await database.run(completed.sql)
  if (!outcome.ok) return `fails: ${outcome.message.split('\n')[0]}`
  const found = outcome.rows.some((row) =>
    row.some((cell) => cell !== null && cell !== 0 && cell !== '0'),
  )
  return found ? completed.tables : 'finds nothing'
}

const timeWords = new Set(['year', 'quarter', 'month', 'week', 'day'])

/** Text that the SQL compares with stands in the question, in capitals or not. */
function saysEveryValue(sql: string, wording: string): boolean {
  const values = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) =>
    value.replaceAll("''", "'").replaceAll('%', '').toLowerCase(),
  )
  const said = wording.toLowerCase()
  return values.every(
    (value) => timeWords.has(value) || /^\d{4}-\d\d-\d\d$/.test(value) || said.includes(value),
  )
}

const isoDay = /'(\d{4}-\d\d-\d\d)'/g

/** Every bound in the SQL is one that the reader finds, and it finds no more than that. */
function readsTimesAlike(sql: string, periods: readonly Period[]): boolean {
  const written = [...sql.matchAll(isoDay)].map(([, day]) => day ?? '')
  const years = [...sql.matchAll(/year\([^)]*\) (?:= |in \()(\d{4})(?:, (\d{4}))?/g)].flatMap(
    ([, ...found]) => found.filter((year) => year !== undefined).map((year) => `${year}-01-01`),
  )
  const read = periods.flatMap(({ start, end }) => [start, end])
  const wanted = [...written, ...years]
  const isOpen = (day: string) => day < '1000-01-01' || day > '9000-01-01'
  if (wanted.length === 0) return periods.length === 0
  return (
    wanted.every((day) => read.includes(day)) &&
    (sql.includes('date_trunc') ||
      years.length > 0 ||
      read.every((day) => isOpen(day) || wanted.includes(day)))
  )
}

function clockOf({ warehouse, database }: MakingTask): Clock {
  const asOf = newestDate(database.catalog)
  const dates = worldOf(warehouse)
    .facts.flatMap((fact) => dateOf(fact)?.values ?? [])
    .map((value) => String(value).slice(0, 10))
    .sort()
  return { asOf, first: dates[Math.floor(dates.length / 20)] ?? asOf }
}
