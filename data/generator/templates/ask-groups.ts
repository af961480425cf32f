/** Questions about one table that put its rows into groups, and tell something of each. */
import type { NamedTemplate, Template } from './askable.js'
import { after, conditionOn } from './conditions.js'
import { columnsOf, drawn } from './draw.js'
import { drawGroups, drawMeasure } from './draw-groups.js'
import { single } from './say.js'

/** "For each country, how many singers are there?" */
const countEach: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting)
  if (!found) return undefined
  const { table, column } = found
  const condition = random.chance(20) ? conditionOn(table, random, [column]) : undefined
  const what = condition ? `${table.plural} ${after(condition, random)}` : table.plural
  const text = random.pick([
    `how many ${what} are there for each ${column.words}?`,
    `how many ${what} are there in each ${column.words}?`,
    `for each ${column.words}, how many ${what} are there?`,
    `show the number of ${what} for each ${column.words}`,
    `count the number of ${what} for every ${column.words}`,
    `what are the different ${column.plural} of ${table.plural} and the number of ${condition ? what : 'them'} in each?`,
    `list each ${column.words} of ${table.plural} with the number of ${what}`,
    `${column.plural} and the number of ${what} for each of them`,
    `return the ${column.plural} of ${table.plural} along with how many ${what} there are`,
  ])
  const where = condition ? ` where ${condition.sql}` : ''
  return { text, sql: `select ${column.sql}, count(*)${where} group by ${column.sql}` }
}

/** "What is the average age of singers for each country?" */
const measureEach: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting, true)
  const measure = found && drawMeasure(found.table, setting)
  if (!found || !measure) return undefined
  const { table, column } = found
  const text = random.pick([
    single(`${measure.words} of ${table.plural} for each ${column.words}`, random),
    single(`${measure.words} of the ${table.plural} in each ${column.words}`, random),
    `for each ${column.words}, what is the ${measure.words} of the ${table.plural}?`,
    `show the ${column.words} and the ${measure.words} of ${table.plural} for each ${column.words}`,
    `find the ${measure.words} of ${table.plural} by ${column.words}`,
    `return the different ${column.plural} of ${table.plural} and their ${measure.words}`,
  ])
  return { text, sql: `select ${column.sql}, ${measure.sql} group by ${column.sql}` }
}

const twoMeasuresEach: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting, true)
  const first = found && drawMeasure(found.table, setting)
  const other = found && drawMeasure(found.table, setting)
  if (!found || !first || !other || first.sql === other.sql) return undefined
  const { table, column } = found
  const counts = random.chance(35)
  const asked = counts
    ? `number of ${table.plural} and their ${first.words}`
    : `${first.words} and the ${other.words} of the ${table.plural}`
  const text = random.pick([
    `for each ${column.words}, what are the ${asked}?`,
    `show the ${asked} for each ${column.words}`,
    `for each ${column.words}, find the ${asked}`,
  ])
  const items = counts ? `count(*), ${first.sql}` : `${first.sql}, ${other.sql}`
  return { text, sql: `select ${column.sql}, ${items} group by ${column.sql}` }
}

const differentEach: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting)
  const other =
    found && drawn(columnsOf(found.table, ['category', 'text', 'name'], [found.column]), random)
  if (!found || !other) return undefined
  const { table, column } = found
  const text = random.pick([
    `how many different ${other.plural} of ${table.plural} are there for each ${column.words}?`,
    `for each ${column.words}, count the distinct ${other.plural} of the ${table.plural}`,
    `show the number of distinct ${other.plural} of ${table.plural} for every ${column.words}`,
  ])
  return { text, sql: `select ${column.sql}, count(distinct ${other.sql}) group by ${column.sql}` }
}

const twoGroups: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting)
  const other = found && drawn(columnsOf(found.table, ['category', 'year'], [found.column]), random)
  if (!found || !other) return undefined
  const { table, column } = found
  const text = random.pick([
    `how many ${table.plural} are there for each ${column.words} and ${other.words}?`,
    `show the number of ${table.plural} for each combination of ${column.words} and ${other.words}`,
  ])
  return {
    text,
    sql: `select ${column.sql}, ${other.sql}, count(*) group by ${column.sql}, ${other.sql}`,
  }
}

export const groupTemplates: readonly NamedTemplate[] = [
  ['count of each', 5, countEach],
  ['measure of each', 3.6, measureEach],
  ['two measures of each', 0.9, twoMeasuresEach],
  ['different of each', 0.7, differentEach],
  ['two groups', 0.4, twoGroups],
]
