/** Questions about one table that put its rows in order, and keep the first of them. */
import type {
  AskableColumn,
  AskableTable,
  NamedTemplate,
  Template,
  TemplateSetting,
} from './askable.js'
import { after, conditionOn } from './conditions.js'
import { columnsOf, drawn, labelOrShown, ofThem } from './draw.js'
import { listing } from './say.js'
import { extreme, inOrder, orderSql, rankedRoles } from './superlatives.js'

function drawRanked({
  schema,
  random,
}: TemplateSetting): { table: AskableTable; column: AskableColumn } | undefined {
  const table = drawn(
    schema.tables.filter((each) => columnsOf(each, rankedRoles).length > 0),
    random,
  )
  const column = table && drawn(columnsOf(table, rankedRoles), random)
  return table && column && { table, column }
}

/** What ranks the rows of a table, and what else of them is shown. */
function drawShown(setting: TemplateSetting) {
  const found = drawRanked(setting)
  const shown = found && labelOrShown(found.table, setting.random, [found.column])
  return found && shown && { ...found, shown }
}

/** "List the names of singers in ascending order of age." */
const sorted: Template = (setting) => {
  const { random } = setting
  const found = drawRanked(setting)
  if (!found) return undefined
  const { table } = found
  const byName = random.chance(20) ? table.label?.columns[0] : undefined
  const column = byName ?? found.column
  const shown = labelOrShown(table, random)
  if (!shown) return undefined
  const descending = random.chance(byName ? 25 : 55)
  const alphabetic = random.pick(['in alphabetical order of', 'sorted alphabetically by'])
  const order =
    byName && !descending ? `${alphabetic} ${column.words}` : inOrder(column, descending, random)
  const condition = random.chance(25)
    ? conditionOn(table, random, [column, ...shown.columns])
    : undefined
  const what = condition
    ? `${shown.many} of ${table.plural} ${after(condition, random)}`
    : ofThem(shown, table, random)
  const text = listing(`${what}${condition || random.chance(40) ? ',' : ''} ${order}`, random)
  const where = condition ? ` where ${condition.sql}` : ''
  return { text, sql: `select ${shown.sql}${where} ${orderSql(column.sql, descending)}` }
}

/** "What is the name of the singer with the highest age?" */
const first: Template = (setting) => {
  const { random } = setting
  const found = drawShown(setting)
  if (!found) return undefined
  const { table, column, shown } = found
  const descending = random.chance(60)
  const condition = random.chance(22) ? conditionOn(table, random, [column]) : undefined
  const narrowed = condition ? ` among those ${after(condition, random)}` : ''
  const which = `${table.noun} ${extreme(column, descending, random)}${narrowed}`
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const isNamed = shown.columns.length === 1 && shown.columns[0] === table.label?.columns[0]
  const text = random.pick([
    `what ${is} the ${shown.one} of the ${which}?`,
    `what ${is} the ${shown.one} of the ${which}?`,
    `find the ${shown.one} of the ${which}`,
    `give the ${shown.one} of the ${which}`,
    `show the ${shown.one} for the ${which}`,
    ...(isNamed && !condition
      ? [
          `which ${table.noun} has ${extreme(column, descending, random).replace(/^with /, '')}? Return its ${shown.one}`,
        ]
      : []),
  ])
  const where = condition ? ` where ${condition.sql}` : ''
  return { text, sql: `select ${shown.sql}${where} ${orderSql(column.sql, descending)} limit 1` }
}

const numberWords: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 5: 'five', 10: 'ten' }

/** "Show the names of the three singers with the highest ages." */
const several: Template = (setting) => {
  const { random } = setting
  const found = drawShown(setting)
  if (!found) return undefined
  const { table, column, shown } = found
  const descending = random.chance(62)
  const count = random.pick([2, 3, 3, 5, 5, 10])
  const said = random.chance(60) ? numberWords[count] : String(count)
  const which = extreme(column, descending, random)
  const what = random.pick([
    `${shown.many} of the ${said} ${table.plural} ${which}`,
    `${shown.many} of the ${descending ? 'top' : 'bottom'} ${said} ${table.plural} by ${column.words}`,
    `${shown.many} of the ${descending ? 'top' : 'bottom'} ${count} ${table.plural} in terms of ${column.words}`,
  ])
  return {
    text: listing(what, random),
    sql: `select ${shown.sql} ${orderSql(column.sql, descending)} limit ${count}`,
  }
}

const places = ['second', 'third'] as const

const later: Template = (setting) => {
  const { random } = setting
  const found = drawShown(setting)
  if (!found || found.column.role === 'date') return undefined
  const { table, column, shown } = found
  const place = random.pick([0, 0, 1])
  const descending = random.chance(70)
  const superlative = descending
    ? random.pick(['highest', 'largest'])
    : random.pick(['lowest', 'smallest'])
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const what = `${shown.one} of the ${table.noun} with the ${places[place]} ${superlative} ${column.words}`
  const text = random.pick([`what ${is} the ${what}?`, `find the ${what}`, `show the ${what}`])
  const order = orderSql(column.sql, descending)
  return { text, sql: `select ${shown.sql} ${order} limit 1 offset ${place + 1}` }
}

export const orderTemplates: readonly NamedTemplate[] = [
  ['sorted', 3, sorted],
  ['first', 3.2, first],
  ['several', 1.5, several],
  ['later', 0.4, later],
]
