/** Questions about one table that a single row of numbers answers. */
import type { AskableColumn, AskableTable, NamedTemplate, Template } from './askable.js'
import { after, conditionOn } from './conditions.js'
import { columnsOf, drawColumn, drawn } from './draw.js'
import { counting, joined, single } from './say.js'
import { drawAggregate, measureOf } from './superlatives.js'

const countAll: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  return { text: counting(table.plural, random), sql: `select count(*) from ${table.sql}` }
}

const countSome: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const condition = conditionOn(table, random)
  if (!condition) return undefined
  const have = condition.with.replace(/^with /, 'have ')
  const text = random.chance(30)
    ? `how many ${table.plural} ${have}?`
    : counting(`${table.plural} ${after(condition, random)}`, random)
  return { text, sql: `select count(*) where ${condition.sql}` }
}

const countByTwo: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const first = conditionOn(table, random)
  const second = first && conditionOn(table, random, [first.column])
  if (!first || !second) return undefined
  const word = random.chance(70) ? 'and' : 'or'
  const both = random.pick([
    `whose ${first.is} ${word} ${second.is}`,
    `${first.with} ${word} ${second.with}`,
  ])
  const text = counting(`${table.plural} ${both}`, random)
  return { text, sql: `select count(*) where ${first.sql} ${word} ${second.sql}` }
}

/** "How many different countries do the singers have?" */
const countDifferent: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const column = drawColumn(table, ['category', 'category', 'text', 'name'], random)
  if (!column) return undefined
  const condition = random.chance(25) ? conditionOn(table, random, [column]) : undefined
  const narrowed = condition ? ` ${after(condition, random)}` : ''
  const different = random.pick(['different', 'distinct', 'unique'])
  const text = random.pick([
    `how many ${different} ${column.plural} do the ${table.plural}${narrowed} have?`,
    `how many ${different} ${column.plural} of ${table.plural}${narrowed} are there?`,
    `count the number of ${different} ${column.plural} of the ${table.plural}${narrowed}`,
    `find the number of ${different} ${column.plural} among ${table.plural}${narrowed}`,
    `what is the number of ${different} ${column.plural} of ${table.plural}${narrowed}?`,
  ])
  const where = condition ? ` where ${condition.sql}` : ''
  return { text, sql: `select count(distinct ${column.sql})${where}` }
}

const numeric = (table: AskableTable): readonly AskableColumn[] => columnsOf(table, ['number'])

/** "What is the average age of the singers whose country is France?" */
const aggregate =
  (percentNarrowed: number): Template =>
  ({ schema, random }) => {
    const table = drawn(
      schema.tables.filter((each) => numeric(each).length > 0),
      random,
    )
    const column = table && drawn(columnsOf(table, ['number', 'number', 'year']), random)
    if (!table || !column) return undefined
    const measure = measureOf(column, drawAggregate(column, random), random)
    const condition = random.chance(percentNarrowed)
      ? conditionOn(table, random, [column])
      : undefined
    if (percentNarrowed > 0 && !condition) return undefined
    const whom = `${random.pick(['all ', 'the ', ''])}${table.plural}${condition ? ` ${after(condition, random)}` : ''}`
    const text = single(
      `${measure.words} ${random.pick(['of', 'of', 'for', 'among'])} ${whom}`,
      random,
    )
    return { text, sql: `select ${measure.sql}${condition ? ` where ${condition.sql}` : ''}` }
  }

/** "What are the minimum, average and maximum age of singers?" */
const aggregates: Template = ({ schema, random }) => {
  const table = drawn(
    schema.tables.filter((each) => numeric(each).length > 0),
    random,
  )
  const column = table && drawn(numeric(table), random)
  if (!table || !column) return undefined
  const sets = [
    ['max', 'min'],
    ['min', 'max'],
    ['avg', 'max'],
    ['avg', 'min', 'max'],
    ['min', 'avg', 'max'],
  ] as const
  const more = [
    ['avg', 'sum'],
    ['sum', 'max'],
  ] as const
  const set = random.pick<readonly ('avg' | 'sum' | 'max' | 'min')[]>(
    column.additive ? [...sets, ...more] : sets,
  )
  const measures = set.map((each) => measureOf(column, each, random))
  const leads = measures.map(({ words }) =>
    words.slice(0, words.length - column.words.length).trim(),
  )
  const condition = random.chance(25) ? conditionOn(table, random, [column]) : undefined
  const whom = `${table.plural}${condition ? ` ${after(condition, random)}` : ''}`
  const phrase = random.chance(60)
    ? `${joined(leads)} ${column.words} of ${whom}`
    : `${joined(measures.map(({ words }) => words))} of the ${whom}`
  const text = random.pick([
    `what are the ${phrase}?`,
    `find the ${phrase}`,
    `show the ${phrase}`,
    `return the ${phrase}`,
  ])
  const where = condition ? ` where ${condition.sql}` : ''
  return { text, sql: `select ${measures.map(({ sql }) => sql).join(', ')}${where}` }
}

/** Of two columns at once: "the average age and the total sales". */
const twoMeasures: Template = ({ schema, random }) => {
  const table = drawn(
    schema.tables.filter((each) => numeric(each).length > 1),
    random,
  )
  const first = table && drawn(numeric(table), random)
  const second = table && first && drawn(columnsOf(table, ['number'], [first]), random)
  if (!table || !first || !second) return undefined
  const measures = [first, second].map((column) =>
    measureOf(column, drawAggregate(column, random), random),
  )
  const counts = random.chance(25)
  const words = [
    ...(counts ? ['number'] : measures.slice(0, 1).map((each) => each.words)),
    ...measures.slice(1).map((each) => each.words),
  ]
  const sql = [counts ? 'count(*)' : measures[0]?.sql, measures[1]?.sql].join(', ')
  const phrase = counts
    ? `number of ${table.plural} and their ${words[1]}`
    : `${words[0]} and the ${words[1]} of ${random.pick(['all ', 'the ', ''])}${table.plural}`
  const text = random.pick([`what are the ${phrase}?`, `show the ${phrase}`, `find the ${phrase}`])
  return { text, sql: `select ${sql}` }
}

export const numberTemplates: readonly NamedTemplate[] = [
  ['count all', 2, countAll],
  ['count some', 4.6, countSome],
  ['count by two', 1.2, countByTwo],
  ['count different', 2.8, countDifferent],
  ['aggregate', 3, aggregate(0)],
  ['aggregate of some', 3, aggregate(100)],
  ['aggregates', 2.2, aggregates],
  ['two measures', 0.9, twoMeasures],
]
