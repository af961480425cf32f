/** Questions that list columns of one table, all of its rows or some. */
import type { NamedTemplate, Template } from './askable.js'
import { after, anyConditionOn, conditionFor, conditionOn } from './conditions.js'
import { columnsOf, drawn, drawShown, labelOrShown, ofSome, ofThem } from './draw.js'
import { listing } from './say.js'

/** "List the names and ages of all singers." */
const columns: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const shown = drawShown(table, random)
  if (!shown) return undefined
  return { text: listing(ofThem(shown, table, random), random), sql: `select ${shown.sql}` }
}

/** "What are the names of singers whose country is France?" */
const someRows: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const condition = anyConditionOn(table, random)
  const shown = condition && drawShown(table, random, [condition.column])
  if (!condition || !shown) return undefined
  const text = listing(ofSome(shown, table, after(condition, random), random), random)
  return { text, sql: `select ${shown.sql} where ${condition.sql}` }
}

/** "Which singers are ...?": the name goes without saying. */
const whichOnes: Template = ({ schema, random }) => {
  const table = drawn(
    schema.tables.filter(({ label }) => /^(name|title)$/.test(label?.words ?? '')),
    random,
  )
  const condition = table && conditionOn(table, random, table.label?.columns)
  if (!table?.label || !condition) return undefined
  const said = condition.with.replace(/^with (a )?/, 'have $1')
  const text = random.pick([
    `which ${table.plural} ${said}?`,
    `list the ${table.plural} ${after(condition, random)}`,
  ])
  return { text, sql: `select ${table.label.sql} where ${condition.sql}` }
}

/** "What is the age of the singer named Joe Sharp?" */
const ofOne: Template = ({ schema, random }) => {
  const table = drawn(
    schema.tables.filter(({ columns }) =>
      columns.some(({ role, values }) => role === 'name' && values.length > 0),
    ),
    random,
  )
  const name =
    table &&
    drawn(
      columnsOf(table, ['name']).filter(({ values }) => values.length > 0),
      random,
    )
  const shown = name && drawShown(table, random, [...(table.label?.columns ?? []), name])
  if (!table || !name || !shown) return undefined
  const condition = conditionFor(name, random)
  const value = condition.is.slice(condition.is.indexOf(' is ') + 4)
  const isPlain = table.label?.columns.length === 1 && table.label.columns[0] === name
  const whom = random.pick([
    `the ${table.noun} ${condition.with}`,
    `the ${table.noun} whose ${condition.is}`,
    ...(isPlain ? [`the ${table.noun} named ${value}`, `the ${table.noun} ${value}`] : []),
  ])
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const text = random.pick([
    `what ${is} the ${shown.one} of ${whom}?`,
    `what ${is} the ${shown.one} of ${whom}?`,
    `find the ${shown.one} of ${whom}`,
    `show the ${shown.one} of ${whom}`,
    `give the ${shown.one} for ${whom}`,
  ])
  return { text, sql: `select ${shown.sql} where ${condition.sql}` }
}

const twoConditions =
  (word: 'and' | 'or'): Template =>
  ({ schema, random }) => {
    const table = random.pick(schema.tables)
    const first = conditionOn(table, random)
    const second = first && conditionOn(table, random, [first.column])
    if (!first || !second) return undefined
    const shown = labelOrShown(table, random, [first.column, second.column])
    if (!shown) return undefined
    const both = random.pick([
      `whose ${first.is} ${word} ${second.is}`,
      `whose ${first.is} ${word} whose ${second.is}`,
      `${first.with} ${word} ${second.with}`,
    ])
    const text = listing(ofSome(shown, table, both, random), random)
    return { text, sql: `select ${shown.sql} where ${first.sql} ${word} ${second.sql}` }
  }

/** "What are the different countries of singers?" */
const differentValues: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const column = drawn(columnsOf(table, ['category', 'category', 'text', 'year']), random)
  if (!column) return undefined
  const condition = random.chance(30) ? conditionOn(table, random, [column]) : undefined
  const narrowed = condition ? ` ${after(condition, random)}` : ''
  const many = `${random.pick(['different', 'distinct', 'unique'])} ${column.plural}`
  const text = random.pick([
    listing(`${many} of ${table.plural}${narrowed}`, random),
    listing(`${many} of the ${table.plural}${narrowed}`, random),
    listing(`${many} of all ${table.plural}${narrowed}`, random),
    ...(condition ? [] : [`what ${many} do the ${table.plural} have?`]),
  ])
  return { text, sql: `select distinct ${column.sql}${condition ? ` where ${condition.sql}` : ''}` }
}

/** "Show all information about singers whose age is above 30." */
const wholeRows: Template = ({ schema, random }) => {
  const table = random.pick(schema.tables)
  const condition = conditionOn(table, random)
  if (!condition) return undefined
  const what = `${table.plural} ${after(condition, random)}`
  const text = random.pick([
    `show all information about ${what}`,
    `list all the details of ${what}`,
    `what is all the information about ${what}?`,
    `give all columns of the ${what}`,
    `return everything about ${what}`,
  ])
  return { text, sql: `select * from ${table.sql} where ${condition.sql}` }
}

export const listTemplates: readonly NamedTemplate[] = [
  ['columns', 3.2, columns],
  ['some rows', 4.5, someRows],
  ['which ones', 0.8, whichOnes],
  ['of one', 2.2, ofOne],
  ['both conditions', 1.6, twoConditions('and')],
  ['either condition', 1.1, twoConditions('or')],
  ['different values', 1.8, differentValues],
  ['whole rows', 0.7, wholeRows],
]
