/** Questions about one table that keep some of its groups, or put them in order. */
import type { NamedTemplate, Template } from './askable.js'
import { drawBound } from './bounds.js'
import { columnsOf, drawn } from './draw.js'
import { drawGroups, drawMeasure } from './draw-groups.js'
import { inOrder, measureOf, orderSql } from './superlatives.js'

/** "Which countries have at least three singers?" */
const oftenEnough: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting)
  if (!found) return undefined
  const { table, column } = found
  const bound = drawBound(random)
  const many = `${bound.words} ${bound.isOne ? table.noun : table.plural}`
  const text = random.pick([
    `which ${column.plural} have ${many}?`,
    `show the ${column.plural} that have ${many}`,
    `list the ${column.plural} shared by ${many}`,
    `find the ${column.plural} with ${many}`,
    `what are the ${column.plural} of ${many}?`,
  ])
  const counts = random.chance(15)
  return {
    text: counts ? `${text.replace(/\?$/, '')}, and how many ${table.plural} do they have?` : text,
    sql: `select ${column.sql}${counts ? ', count(*)' : ''} group by ${column.sql} having count(*) ${bound.sql}`,
  }
}

/** "Which countries have singers with an average age above 30?" */
const measureEnough: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting, true)
  const number = found && drawn(columnsOf(found.table, ['number']), random)
  if (!found || !number?.range) return undefined
  const { table, column } = found
  const measure = measureOf(number, random.pick(['avg', 'avg', 'max', 'min']), random)
  const { low, high } = number.range
  const middle = Math.round(low + (high - low) * random.pick([0.3, 0.4, 0.5]))
  const more = random.chance(65)
  const words = `${measure.words} ${random.pick(more ? ['above', 'greater than', 'over'] : ['below', 'less than', 'under'])} ${middle}`
  const text = random.pick([
    `which ${column.plural} have ${table.plural} with a ${words}?`,
    `show the ${column.plural} of ${table.plural} with a ${words}`,
    `find the ${column.plural} whose ${table.plural} have a ${words}`,
  ])
  return {
    text,
    sql: `select ${column.sql} group by ${column.sql} having ${measure.sql} ${more ? '>' : '<'} ${middle}`,
  }
}

/** "What is the most common country of singers?" */
const commonest: Template = (setting) => {
  const { random } = setting
  const found = drawGroups(setting)
  if (!found) return undefined
  const { table, column } = found
  const most = random.chance(76)
  const count = most && random.chance(22) ? random.pick([2, 3, 5]) : 1
  const common = most
    ? random.pick(['most common', 'most frequent', 'most popular'])
    : 'least common'
  const words = most ? 'the most' : random.pick(['the fewest', 'the least number of'])
  const text =
    count > 1
      ? random.pick([
          `what are the ${count} ${common} ${column.plural} of ${table.plural}?`,
          `list the top ${count} ${column.plural} by the number of ${table.plural}`,
        ])
      : random.pick([
          `what is the ${common} ${column.words} of ${table.plural}?`,
          `what is the ${common} ${column.words} among all ${table.plural}?`,
          `which ${column.words} has ${words} ${table.plural}?`,
          `find the ${column.words} with ${words} ${table.plural}`,
          `find the ${common} ${column.words} of the ${table.plural}`,
          `return the ${column.words} that ${words === 'the most' ? 'most' : 'the fewest'} ${table.plural} have`,
        ])
  const both = random.chance(12) && count === 1
  const asked = both ? `${text.replace(/\?$/, '')}, and how many are there?` : text
  const order = orderSql('count(*)', most)
  return {
    text: asked,
    sql: `select ${column.sql}${both ? ', count(*)' : ''} group by ${column.sql} ${order} limit ${count}`,
  }
}

/** Groups from the largest to the smallest, or the best of them by a measure. */
const rankedGroups: Template = (setting) => {
  const { random } = setting
  const byCount = random.chance(50)
  const found = drawGroups(setting, !byCount)
  const measure = byCount ? undefined : found && drawMeasure(found.table, setting)
  if (!found || !(byCount || measure)) return undefined
  const { table, column } = found
  const ranked = measure ?? { sql: 'count(*)', words: `number of ${table.plural}` }
  const descending = random.chance(65)
  const order = orderSql(ranked.sql, descending)
  const ofWhat = measure ? `${measure.words} of ${table.plural}` : ranked.words
  if (measure && random.chance(55)) {
    const best = random.pick(descending ? ['highest', 'largest'] : ['lowest', 'smallest'])
    const text = random.pick([
      `which ${column.words} has the ${best} ${ofWhat}?`,
      `find the ${column.words} with the ${best} ${ofWhat}`,
    ])
    return { text, sql: `select ${column.sql} group by ${column.sql} ${order} limit 1` }
  }
  const text = random.pick([
    `list the ${column.plural} of ${table.plural} ${inOrder(measure ? { words: `their ${measure.words}` } : ranked, descending, random)}`,
    `show the ${column.plural} of ${table.plural} ${inOrder({ words: `the ${ofWhat}` }, descending, random)}`,
  ])
  return { text, sql: `select ${column.sql} group by ${column.sql} ${order}` }
}

export const bestGroupTemplates: readonly NamedTemplate[] = [
  ['often enough', 3, oftenEnough],
  ['measure enough', 1, measureEnough],
  ['commonest', 3.6, commonest],
  ['ranked groups', 1.8, rankedGroups],
]
