/** Questions about rows and what they belong to, over one key. */
import type { NamedTemplate, Template } from './askable.js'
import { after, anyConditionOn, conditionFor, conditionOn } from './conditions.js'
import { columnsOf, drawn, drawShown, labelOrShown, ofSome, shownLabel } from './draw.js'
import { drawLink, drawOwnerLink, groupSql, throughChild, throughParent } from './relate.js'
import { counting, listing, single } from './say.js'
import {
  drawAggregate,
  extreme,
  inOrder,
  measureOf,
  orderSql,
  rankedRoles,
} from './superlatives.js'

/** "Show the name of each employee and the name of the department it belongs to." */
const bothSides: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const own = link && labelOrShown(link.child, random)
  const other = link && labelOrShown(link.parent, random)
  if (!link || !own || !other) return undefined
  const { child, parent } = link
  const condition = random.chance(35) ? conditionOn(child, random, own.columns) : undefined
  const narrowed = condition ? ` ${after(condition, random)}` : ''
  const text = random.pick([
    listing(
      `${own.many} of ${child.plural}${narrowed} and the ${other.many} of their ${parent.plural}`,
      random,
    ),
    listing(
      `${own.one} of each ${child.noun}${narrowed} and the ${other.one} of its ${parent.noun}`,
      random,
    ),
    listing(
      `${own.many} of ${child.plural}${narrowed} together with the ${other.many} of the ${parent.plural} they belong to`,
      random,
    ),
    listing(
      `${own.one} and the ${parent.noun} ${other.one} of every ${child.noun}${narrowed}`,
      random,
    ),
  ])
  const ordered =
    !condition && random.chance(18) ? drawn(columnsOf(child, rankedRoles), random) : undefined
  const where = condition ? ` where ${condition.sql}` : ''
  if (!ordered) return { text, sql: `select ${own.sql}, ${other.sql}${where}` }
  const descending = random.chance(50)
  const order = `${inOrder({ words: `the ${ordered.words} of the ${child.noun}` }, descending, random)}`
  const bare = text.replace(/\?$/, '')
  return {
    text: `${bare}, ${order}${text.endsWith('?') ? '?' : ''}`,
    sql: `select ${own.sql}, ${other.sql} ${orderSql(ordered.sql, descending)}`,
  }
}

/** "List the names of employees whose department has name Sales." */
const ofParent: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const condition = link && anyConditionOn(link.parent, random)
  const shown = link && labelOrShown(link.child, random)
  if (!link || !condition || !shown) return undefined
  const narrowed = throughParent(link.parent, condition, random)
  const text = listing(ofSome(shown, link.child, narrowed, random), random)
  return { text, sql: `select ${shown.sql} where ${condition.sql}` }
}

const countOfParent: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const condition = link && anyConditionOn(link.parent, random)
  if (!link || !condition) return undefined
  const own = random.chance(25) ? conditionOn(link.child, random) : undefined
  const what = `${link.child.plural} ${own ? `${after(own, random)} ` : ''}${throughParent(link.parent, condition, random)}`
  const where = [condition, own].flatMap((each) => each?.sql ?? []).join(' and ')
  return {
    text: counting(what, random),
    sql: `select count(*) from ${link.child.sql} where ${where}`,
  }
}

/** "What is the average salary of employees of the department whose name is Sales?" */
const measureOfParent: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const number = link && drawn(columnsOf(link.child, ['number']), random)
  const condition = link && anyConditionOn(link.parent, random)
  if (!link || !number || !condition) return undefined
  const measure = measureOf(number, drawAggregate(number, random), random)
  const whom = `${link.child.plural} ${throughParent(link.parent, condition, random)}`
  const text = single(`${measure.words} of ${random.pick(['', 'the ', 'all '])}${whom}`, random)
  return { text, sql: `select ${measure.sql} where ${condition.sql}` }
}

/** "Find the names of departments that have an employee whose age is above 60." Each once. */
const byChild: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  const condition = link && anyConditionOn(link.child, random)
  const shown =
    link && (random.chance(75) ? shownLabel(link.parent.label) : drawShown(link.parent, random))
  if (!link || !condition || !shown) return undefined
  const narrowed = throughChild(link.child, condition, random)
  const different = random.chance(30) ? `${random.pick(['different', 'distinct'])} ` : ''
  const text = listing(`${different}${ofSome(shown, link.parent, narrowed, random)}`, random)
  return { text, sql: `select distinct ${shown.sql} where ${condition.sql}` }
}

/** "What is the location of the department of the employee named Joe Sharp?" */
const parentOfOne: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const name =
    link &&
    drawn(
      columnsOf(link.child, ['name']).filter(({ values }) => values.length > 0),
      random,
    )
  const shown = link && labelOrShown(link.parent, random)
  if (!link || !name || !shown) return undefined
  const condition = conditionFor(name, random)
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const whose = `${shown.one} of the ${link.parent.noun} of the ${link.child.noun} ${after(condition, random)}`
  const text = random.pick([`what ${is} the ${whose}?`, `find the ${whose}`, `show the ${whose}`])
  return { text, sql: `select ${shown.sql} where ${condition.sql}` }
}

/** "What is the name of the department of the employee with the highest salary?" */
const parentOfFirst: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const column = link && drawn(columnsOf(link.child, rankedRoles), random)
  const shown = link && labelOrShown(link.parent, random)
  if (!link || !column || !shown) return undefined
  const descending = random.chance(68)
  const best = extreme(column, descending, random)
  const whose = random.pick([
    `${shown.one} of the ${link.parent.noun} of the ${link.child.noun} ${best}`,
    `${shown.one} of the ${link.parent.noun} that has the ${link.child.noun} ${best}`,
  ])
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const text = random.pick([`what ${is} the ${whose}?`, `find the ${whose}`, `give the ${whose}`])
  return { text, sql: `select ${shown.sql} ${orderSql(column.sql, descending)} limit 1` }
}

/** "How many different departments have employees whose age is above 60?" */
const countByChild: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const condition = link && conditionOn(link.child, random)
  if (!link || !condition) return undefined
  const have = throughChild(link.child, condition, random)
    .replace(/^that /, '')
    .replace(/^(with|having) /, 'have ')
  const text = random.pick([
    `how many different ${link.parent.plural} ${have}?`,
    `how many ${link.parent.plural} ${have}?`,
    `count the distinct ${link.parent.plural} that ${have}`,
  ])
  return { text, sql: `select count(distinct ${link.foreignKey}) where ${condition.sql}` }
}

/** "How many employees are there for each location of their departments?" */
const byKindOfParent: Template = (setting) => {
  const { random } = setting
  const link = drawLink(setting)
  const kind = link && drawn(columnsOf(link.parent, ['category']), random)
  const number = link && drawn(columnsOf(link.child, ['number']), random)
  if (!link || !kind) return undefined
  const { child, parent } = link
  const measure =
    number && random.chance(40)
      ? measureOf(number, drawAggregate(number, random), random)
      : undefined
  const asked = measure ? `${measure.words} of ${child.plural}` : `number of ${child.plural}`
  const text = random.pick([
    single(`${asked} for each ${kind.words} of the ${parent.noun}`, random),
    `for each ${parent.noun} ${kind.words}, show the ${asked}`,
    single(`${asked} by the ${kind.words} of their ${parent.noun}`, random),
  ])
  const from = measure ? '' : ` from ${child.sql}`
  return {
    text,
    sql: `select ${kind.sql}, ${measure?.sql ?? 'count(*)'}${from} group by ${kind.sql}`,
  }
}

/** "Show the average salary of employees for each department, by its name." */
const measureOfEach: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  const number = link && drawn(columnsOf(link.child, ['number']), random)
  if (!link || !number) return undefined
  const { child, parent } = link
  const measure = measureOf(number, drawAggregate(number, random), random)
  const { words, plural, sql } = parent.label
  const text = random.pick([
    `for each ${parent.noun}, show its ${words} and the ${measure.words} of its ${child.plural}`,
    `what are the ${words} of each ${parent.noun} and the ${measure.words} of its ${child.plural}?`,
    `list the ${plural} of ${parent.plural} and the ${measure.words} of their ${child.plural}`,
    `find the ${measure.words} of the ${child.plural} of each ${parent.noun}, with the ${words} of the ${parent.noun}`,
  ])
  return { text, sql: `select ${sql}, ${measure.sql} ${groupSql(parent)}` }
}

export const childTemplates: readonly NamedTemplate[] = [
  ['both sides', 2, bothSides],
  ['of parent', 2.8, ofParent],
  ['count of parent', 1.6, countOfParent],
  ['measure of parent', 1, measureOfParent],
  ['by child', 2, byChild],
  ['parent of one', 1, parentOfOne],
  ['parent of first', 1, parentOfFirst],
  ['count by child', 0.5, countByChild],
  ['by kind of parent', 0.7, byKindOfParent],
  ['measure of each parent', 1.1, measureOfEach],
]
