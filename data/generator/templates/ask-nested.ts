/** Questions with a select inside another. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import type {
  AskableColumn,
  AskableTable,
  NamedTemplate,
  Template,
  TemplateSetting,
} from './askable.js'
import { drawBound } from './bounds.js'
import { beOf, isComparable, sayValue } from './conditions.js'
import { columnsOf, drawn, labelOrShown, ofSome } from './draw.js'
import { counting, listing } from './say.js'

function drawNumber({
  schema,
  random,
}: TemplateSetting): { table: AskableTable; column: AskableColumn } | undefined {
  const all = schema.tables.flatMap((table) =>
    columnsOf(table, ['number']).map((column) => ({ table, column })),
  )
  return drawn(all, random)
}

/** Lists what is narrowed so, or counts it. */
export function listed(
  table: AskableTable,
  taken: readonly AskableColumn[],
  narrowed: { text: string; sql: string },
  random: Random,
) {
  const { text, sql } = narrowed
  if (random.chance(20)) {
    return {
      text: counting(`${table.plural} ${text}`, random),
      sql: `select count(*) where ${sql}`,
    }
  }
  const shown = labelOrShown(table, random, taken)
  return (
    shown && {
      text: listing(ofSome(shown, table, text, random), random),
      sql: `select ${shown.sql} where ${sql}`,
    }
  )
}

/** "Which singers have an age above the average?" */
const besideAverage: Template = (setting) => {
  const { random } = setting
  const found = drawNumber(setting)
  if (!found) return undefined
  const { table, column } = found
  const more = random.chance(65)
  const than = random.pick(
    more
      ? ['above', 'higher than', 'greater than', 'larger than']
      : ['below', 'lower than', 'smaller than'],
  )
  const average = random.pick([
    'the average',
    `the average ${column.words}`,
    `the average ${column.words} of all ${table.plural}`,
  ])
  const text = random.pick([
    `whose ${beOf(column)} ${than} ${average}`,
    `with ${column.words} ${than} ${average}`,
  ])
  return listed(
    table,
    [column],
    { text, sql: `${column.sql} ${more ? '>' : '<'} (select avg(${column.sql}))` },
    random,
  )
}

/** Above the average of one kind, or above all of it. */
const besideOthers: Template = (setting) => {
  const { random } = setting
  const found = drawNumber(setting)
  const kind = found && drawn(columnsOf(found.table, ['category']).filter(isComparable), random)
  if (!found || !kind) return undefined
  const { table, column } = found
  const value = random.pick(kind.values)
  const [sign, aggregate, words] = random.pick([
    ['>', 'max', 'higher than that of all'],
    ['>', 'min', 'higher than that of any of the'],
    ['<', 'min', 'lower than that of all'],
    ['>', 'avg', 'higher than the average of the'],
    ['<', 'avg', 'lower than the average of the'],
  ] as const)
  const text = `whose ${beOf(column)} ${words} ${table.plural} with ${kind.words} ${sayValue(value, random)}`
  const inner = `select ${aggregate}(${column.sql}) where ${kind.sql} = ${sqlText(value)}`
  return listed(table, [column], { text, sql: `${column.sql} ${sign} (${inner})` }, random)
}

/** All that share the extreme: "all singers with the maximum age". */
const allExtreme: Template = (setting) => {
  const { random } = setting
  const found = drawNumber(setting)
  const shown = found && labelOrShown(found.table, random, [found.column])
  if (!found || !shown) return undefined
  const { table, column } = found
  const most = random.chance(65)
  const word = most ? random.pick(['maximum', 'highest']) : random.pick(['minimum', 'lowest'])
  const text = listing(
    `${shown.many} of all ${table.plural} whose ${column.words} equals the ${word} ${column.words}`,
    random,
  )
  return {
    text,
    sql: `select ${shown.sql} where ${column.sql} = (select ${most ? 'max' : 'min'}(${column.sql}))`,
  }
}

/** "How many countries have at least three singers?" */
const countOfGroups: Template = ({ schema, random }) => {
  const all = schema.tables.flatMap((table) =>
    columnsOf(table, ['category']).map((column) => ({ table, column })),
  )
  const found = drawn(all, random)
  if (!found) return undefined
  const { table, column } = found
  const bound = drawBound(random)
  const many = `${bound.words} ${bound.isOne ? table.noun : table.plural}`
  const text = random.pick([
    `how many ${column.plural} have ${many}?`,
    `count the number of ${column.plural} with ${many}`,
  ])
  return {
    text,
    sql: `select count(*) from (select ${column.sql} group by ${column.sql} having count(*) ${bound.sql}) as t`,
  }
}

export const nestedTemplates: readonly NamedTemplate[] = [
  ['beside average', 3, besideAverage],
  ['beside others', 1, besideOthers],
  ['all extreme', 0.8, allExtreme],
  ['count of groups', 0.5, countOfGroups],
]
