/** Questions over two keys: across a bridge, or up to what an owner belongs to. */
import type { Chain, NamedTemplate, Template, TemplateSetting } from './askable.js'
import { after, anyConditionOn, conditionFor, conditionOn, isComparable } from './conditions.js'
import { columnsOf, drawn, labelOrShown, ofSome, shownLabel } from './draw.js'
import { groupSql, isOwner, named, throughChild } from './relate.js'
import { counting, listing, single } from './say.js'
import { drawAggregate, measureOf, orderSql } from './superlatives.js'

/** "Show the names of students and the titles of their courses." */
const acrossBridge: Template = ({ schema, random }) => {
  const bridge = drawn(schema.bridges, random)
  if (!bridge?.left.label || !bridge.right.label) return undefined
  const { left, right, sql } = bridge
  const [own, other] = [shownLabel(bridge.left.label), shownLabel(bridge.right.label)]
  const text = random.pick([
    listing(`${own.many} of ${left.plural} and the ${other.many} of their ${right.plural}`, random),
    listing(
      `${own.one} of each ${left.noun} together with the ${other.many} of its ${right.plural}`,
      random,
    ),
  ])
  return { text, sql: `select ${own.sql}, ${other.sql} from ${sql}` }
}

/** "List the titles of courses of the student named Joe Sharp"; each once. */
const ofOther: Template = ({ schema, random }) => {
  const bridge = drawn(schema.bridges, random)
  const condition = bridge && anyConditionOn(bridge.left, random)
  const shown = bridge && labelOrShown(bridge.right, random)
  if (!bridge || !condition || !shown) return undefined
  const { left, right, sql } = bridge
  const isOne = condition.column.role === 'name'
  const narrowed = random.chance(55)
    ? `of ${named(left, condition, random)}`
    : throughChild(left, condition, random)
  const text = random.chance(80)
    ? listing(ofSome(shown, right, narrowed, random), random)
    : listing(`different ${ofSome(shown, right, narrowed, random)}`, random)
  const distinct = isOne && !text.includes('different') ? '' : 'distinct '
  return { text, sql: `select ${distinct}${shown.sql} from ${sql} where ${condition.sql}` }
}

const countOfOther: Template = ({ schema, random }) => {
  const bridge = drawn(schema.bridges, random)
  const names = bridge && columnsOf(bridge.left, ['name']).filter(isComparable)
  const name = names && drawn(names, random)
  if (!bridge || !name) return undefined
  const { left, right, sql } = bridge
  const condition = conditionFor(name, random)
  const text = random.pick([
    counting(`${right.plural} of ${named(left, condition, random)}`, random),
    `how many ${right.plural} does ${named(left, condition, random)} have?`,
  ])
  return { text, sql: `select count(*) from ${sql} where ${condition.sql}` }
}

function drawChain({ schema, random }: TemplateSetting): Chain | undefined {
  return drawn(schema.chains, random)
}

/** "List the names of cities of regions whose country has name France." */
const ofGrandparent: Template = (setting) => {
  const { random } = setting
  const chain = drawChain(setting)
  const condition = chain && anyConditionOn(chain.top, random)
  const shown = chain && labelOrShown(chain.child, random)
  if (!chain || !condition || !shown) return undefined
  const { child, middle, top } = chain
  const has = condition.with.replace(/^with /, '')
  const narrowed = random.pick([
    `whose ${middle.noun} belongs to ${named(top, condition, random)}`,
    `of ${middle.plural} of ${named(top, condition, random)}`,
    `whose ${middle.noun} has a ${top.noun} with ${has}`,
  ])
  if (random.chance(30)) {
    return {
      text: counting(`${child.plural} ${narrowed}`, random),
      sql: `select count(*) from ${child.sql}, ${middle.sql} where ${condition.sql}`,
    }
  }
  return {
    text: listing(ofSome(shown, child, narrowed, random), random),
    sql: `select ${shown.sql} from ${child.sql}, ${middle.sql} where ${condition.sql}`,
  }
}

/** "Find the names of countries with cities whose age is above 500." */
const byGrandchild: Template = (setting) => {
  const { random } = setting
  const chain = drawChain(setting)
  const condition = chain && conditionOn(chain.child, random)
  if (!chain?.top.label || !condition) return undefined
  const { child, middle, top } = chain
  const shown = shownLabel(chain.top.label)
  const narrowed = random.pick([
    `whose ${middle.plural} have ${child.plural} ${after(condition, random)}`,
    `that have a ${middle.noun} with ${child.plural} ${after(condition, random)}`,
  ])
  const text = listing(ofSome(shown, top, narrowed, random), random)
  return {
    text,
    sql: `select distinct ${shown.sql} from ${child.sql}, ${middle.sql} where ${condition.sql}`,
  }
}

/** "For each country, show its name and the number of cities of its regions." */
const perGrandparent: Template = (setting) => {
  const { random } = setting
  const chain = drawChain(setting)
  if (!chain || !isOwner(chain.top)) return undefined
  const { child, middle, top } = chain
  const number = drawn(columnsOf(child, ['number']), random)
  const measure =
    number && random.chance(40)
      ? measureOf(number, drawAggregate(number, random), random)
      : undefined
  const asked = `${measure ? `${measure.words} of ${child.plural}` : `number of ${child.plural}`} of its ${middle.plural}`
  const from = `from ${child.sql}, ${middle.sql}`
  const { words, sql } = chain.top.label
  if (!measure && random.chance(45)) {
    const what = `${words} of the ${top.noun} whose ${middle.plural} have the most ${child.plural}`
    return {
      text: single(what, random),
      sql: `select ${sql} ${from} ${groupSql(chain.top)} ${orderSql('count(*)', true)} limit 1`,
    }
  }
  const text = random.pick([
    `for each ${top.noun}, show its ${words} and the ${asked}`,
    `what are the ${words} of each ${top.noun} and the ${asked}?`,
  ])
  return {
    text,
    sql: `select ${sql}, ${measure?.sql ?? 'count(*)'} ${from} ${groupSql(chain.top)}`,
  }
}

/** Both ends of a chain: "the names of cities and of the countries of their regions". */
const bothEnds: Template = (setting) => {
  const { random } = setting
  const chain = drawChain(setting)
  const own = chain && labelOrShown(chain.child, random)
  if (!chain?.top.label || !own) return undefined
  const { child, middle, top } = chain
  const other = shownLabel(chain.top.label)
  const text = listing(
    `${own.many} of ${child.plural} and the ${other.many} of the ${top.plural} of their ${middle.plural}`,
    random,
  )
  return { text, sql: `select ${own.sql}, ${other.sql} from ${child.sql}, ${middle.sql}` }
}

export const pathTemplates: readonly NamedTemplate[] = [
  ['across a bridge', 0.9, acrossBridge],
  ['of other', 1.8, ofOther],
  ['count of other', 0.7, countOfOther],
  ['of grandparent', 1.2, ofGrandparent],
  ['by grandchild', 0.7, byGrandchild],
  ['per grandparent', 0.8, perGrandparent],
  ['both ends', 0.4, bothEnds],
]
