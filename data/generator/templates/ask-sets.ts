/** Questions that take what two selects find together or apart. */
import type { Random } from '../../random.js'
import { listed } from './ask-nested.js'
import type { AskableColumn, AskableTable, NamedTemplate, Template } from './askable.js'
import { after, type Condition, conditionOn, isComparable, numberCondition } from './conditions.js'
import { columnsOf, drawn, ofSome, shownLabel } from './draw.js'
import { drawOwnerLink } from './relate.js'
import { listing } from './say.js'

/** "Find the countries that have both singers above 40 and singers below 25." */
const bothKinds: Template = ({ schema, random }) => {
  const all = schema.tables.flatMap((table) =>
    columnsOf(table, ['category']).map((column) => ({ table, column })),
  )
  const found = drawn(all, random)
  if (!found) return undefined
  const { table, column } = found
  const pair = oppositeConditions(table, column, random)
  if (!pair) return undefined
  const [one, other] = pair
  const [set, words] = random.pick([
    [
      'intersect',
      `that have both ${table.plural} ${after(one, random)} and ${table.plural} ${after(other, random)}`,
    ],
    [
      'intersect',
      `shared by ${table.plural} ${after(one, random)} and ${table.plural} ${after(other, random)}`,
    ],
    [
      'except',
      `of ${table.plural} ${after(one, random)} but not of any ${table.plural} ${after(other, random)}`,
    ],
  ] as const)
  const text = listing(`${column.plural} ${words}`, random)
  return {
    text,
    sql: `select ${column.sql} where ${one.sql} ${set} select ${column.sql} where ${other.sql}`,
  }
}

function oppositeConditions(
  table: AskableTable,
  taken: AskableColumn,
  random: Random,
): readonly [Condition, Condition] | undefined {
  const column = drawn(
    table.columns.filter((each) => each !== taken && isComparable(each) && each.role !== 'name'),
    random,
  )
  if (!column) return undefined
  if (column.range)
    return [numberCondition(column, random, '>'), numberCondition(column, random, '<')]
  const first = conditionOn(
    table,
    random,
    table.columns.filter((each) => each !== column),
  )
  const second = conditionOn(
    table,
    random,
    table.columns.filter((each) => each !== column),
  )
  return first && second && first.sql !== second.sql ? [first, second] : undefined
}

/** "Which countries have no singer above 60?" */
const noneOfKind: Template = ({ schema, random }) => {
  const all = schema.tables.flatMap((table) =>
    columnsOf(table, ['category']).map((column) => ({ table, column })),
  )
  const found = drawn(all, random)
  const condition = found && conditionOn(found.table, random, [found.column])
  if (!found || !condition) return undefined
  const { table, column } = found
  const without = `${table.plural} ${after(condition, random)}`
  const text = random.pick([
    listing(`${column.plural} of ${table.plural} that do not have any ${without}`, random),
    listing(`${column.plural} without any ${without}`, random),
    `which ${column.plural} do not have any ${without}?`,
  ])
  return { text, sql: `select ${column.sql} except select ${column.sql} where ${condition.sql}` }
}

/** "Show the names of departments that have both an employee above 60 and one below 20." */
const ownersOfBoth: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  const pair =
    link && oppositeConditions(link.child, link.child.columns[0] as AskableColumn, random)
  if (!link || !pair) return undefined
  const { child, parent } = link
  const [one, other] = pair
  const narrowed = random.pick([
    `that have both a ${child.noun} ${after(one, random)} and a ${child.noun} ${after(other, random)}`,
    `that have ${child.plural} ${after(one, random)} as well as ${child.plural} ${after(other, random)}`,
  ])
  const { sql } = parent.label
  const text = listing(ofSome(shownLabel(parent.label), parent, narrowed, random), random)
  return { text, sql: `select ${sql} where ${one.sql} intersect select ${sql} where ${other.sql}` }
}

/** "List the names of departments without an employee whose age is above 60." */
const ownersWithout: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  const condition = link && conditionOn(link.child, random)
  if (!link?.parent.key || !condition) return undefined
  const { child, parent, foreignKey } = link
  const text = random.pick([
    `that do not have any ${child.noun} ${after(condition, random)}`,
    `that have no ${child.plural} ${after(condition, random)}`,
    `without any ${child.plural} ${after(condition, random)}`,
  ])
  const sql = `${parent.key} not in (select ${foreignKey} where ${condition.sql})`
  return listed(parent, [], { text, sql }, random)
}

/** Owners that have things of two kinds of table, of either, or of one but not of the other. */
const ownersOfTwo: Template = (setting) => {
  const { schema, random } = setting
  const first = drawOwnerLink(setting)
  const others = schema.links.filter(
    ({ parent, child }) => parent === first?.parent && child !== first.child,
  )
  const second = drawn(others, random)
  if (!first || !second) return undefined
  const { parent, child } = first
  const other = second.child
  const [set, narrowed] = random.pick([
    ['intersect', `that have ${child.plural} and also ${other.plural}`],
    ['intersect', `that have both ${child.plural} and ${other.plural}`],
    ['union', `that have ${child.plural} or ${other.plural} or both, each only once`],
    ['except', `that have ${child.plural} but no ${other.plural}`],
    ['except', `that have ${child.plural} but do not have any ${other.plural}`],
  ] as const)
  const { sql } = parent.label
  const text = listing(ofSome(shownLabel(parent.label), parent, narrowed, random), random)
  return { text, sql: `select ${sql} from ${child.sql} ${set} select ${sql} from ${other.sql}` }
}

export const setTemplates: readonly NamedTemplate[] = [
  ['both kinds', 2.4, bothKinds],
  ['none of kind', 1.5, noneOfKind],
  ['owners of both', 1.3, ownersOfBoth],
  ['owners without', 1.8, ownersWithout],
  ['owners of two', 1.2, ownersOfTwo],
]
