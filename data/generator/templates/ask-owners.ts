/** Questions about rows by how many others belong to them, over one key. */
import type { Random } from '../../random.js'
import type { AskableTable, NamedTemplate, Template, TemplateSetting } from './askable.js'
import { drawBound } from './bounds.js'
import { conditionOn } from './conditions.js'
import { columnsOf, drawn, labelOrShown, ofSome, shownLabel } from './draw.js'
import { drawOwnerLink, groupSql, isOwner, type Owner } from './relate.js'
import { counting, listing } from './say.js'
import { inOrder, type Measure, measureOf, orderSql } from './superlatives.js'

/** What belongs to an owner: its own rows, or those across a bridge. */
interface Owned {
  readonly owner: Owner
  readonly things: AskableTable
  /** The table to count in. */
  readonly from: string
  /** `table.column` that points at the owner. */
  readonly foreignKey: string
}

const bridgesInHundred = 30

function drawOwned(setting: TemplateSetting): Owned | undefined {
  const { schema, random } = setting
  const bridge = random.chance(bridgesInHundred)
    ? drawn(
        schema.bridges.filter(({ left }) => isOwner(left)),
        random,
      )
    : undefined
  if (bridge && isOwner(bridge.left)) {
    return {
      owner: bridge.left,
      things: bridge.right,
      from: bridge.sql,
      foreignKey: bridge.leftKey,
    }
  }
  const link = drawOwnerLink(setting)
  if (!link) return undefined
  const { parent: owner, child, foreignKey } = link
  return { owner, things: child, from: child.sql, foreignKey }
}

/** What is told of the owner: its name in three questions of four. */
function shownOf(owner: Owner, random: Random) {
  return random.chance(75) ? shownLabel(owner.label) : labelOrShown(owner, random)
}

/** "How many employees does each department have? List the names of the departments." */
const countOfEach: Template = (setting) => {
  const { random } = setting
  const owned = drawOwned(setting)
  if (!owned) return undefined
  const { owner, things, from } = owned
  const { words, plural, sql } = owner.label
  const text = random.pick([
    `how many ${things.plural} does each ${owner.noun} have? List the ${words} and the number`,
    `show the ${plural} of ${owner.plural} and the number of ${things.plural} of each`,
    `what is the ${words} of each ${owner.noun} and how many ${things.plural} does it have?`,
    `for each ${owner.noun}, return the ${words} and the number of ${things.plural}`,
    `list the ${words} of each ${owner.noun} together with its number of ${things.plural}`,
    `find the number of ${things.plural} for each ${owner.noun}, with the ${words} of the ${owner.noun}`,
  ])
  return { text, sql: `select ${sql}, count(*) from ${from} ${groupSql(owner)}` }
}

/** "What is the name of the department with the most employees?" */
const mostOwned: Template = (setting) => {
  const { random } = setting
  const owned = drawOwned(setting)
  const shown = owned && shownOf(owned.owner, random)
  if (!owned || !shown) return undefined
  const { owner, things, from } = owned
  const most = random.chance(80)
  const many = random.pick(
    most
      ? ['the most', 'the largest number of', 'the highest number of']
      : ['the fewest', 'the least number of'],
  )
  const is = shown.columns.length > 1 ? 'are' : 'is'
  const which = `${shown.one} of the ${owner.noun}`
  const counts = random.chance(15)
  const text = random.pick([
    `what ${is} the ${which} that has ${many} ${things.plural}?`,
    `what ${is} the ${which} with ${many} ${things.plural}?`,
    `find the ${which} with ${many} ${things.plural}`,
    `which ${owner.noun} has ${many} ${things.plural}? Give the ${shown.one}`,
    `show the ${which} that has ${many} ${things.plural}`,
  ])
  const isAsked = text.endsWith('?')
  const said = counts
    ? `${text.replace(/\?$/, '')}, and how many ${things.plural} ${isAsked ? 'does it have?' : 'it has'}`
    : text
  const count = counts ? ', count(*)' : ''
  const order = orderSql('count(*)', most)
  return {
    text: said,
    sql: `select ${shown.sql}${count} from ${from} ${groupSql(owner)} ${order} limit 1`,
  }
}

/** "Find the names of departments with at least two employees." */
const enoughOwned: Template = (setting) => {
  const { random } = setting
  const owned = drawOwned(setting)
  const shown = owned && shownOf(owned.owner, random)
  if (!owned || !shown) return undefined
  const { owner, things, from } = owned
  const bound = drawBound(random)
  const many = `${bound.words} ${bound.isOne ? things.noun : things.plural}`
  const narrowed = random.pick([`that have ${many}`, `with ${many}`, `having ${many}`])
  const text = listing(ofSome(shown, owner, narrowed, random), random)
  return {
    text,
    sql: `select ${shown.sql} from ${from} ${groupSql(owner)} having count(*) ${bound.sql}`,
  }
}

/** "List the names of departments without any employees." */
const withoutAny: Template = (setting) => {
  const { random } = setting
  const owned = drawOwned(setting)
  if (!owned?.owner.key) return undefined
  const { owner, things, foreignKey } = owned
  const where = `where ${owner.key} not in (select ${foreignKey})`
  const none = random.pick([
    `that do not have any ${things.plural}`,
    `that have no ${things.plural}`,
    `without any ${things.plural}`,
    `without ${things.plural}`,
    `with no ${things.noun}`,
  ])
  if (random.chance(28)) {
    const have = random.pick([`do not have any ${things.plural}`, `have no ${things.noun}`])
    const text = random.pick([
      `how many ${owner.plural} ${have}?`,
      counting(`${owner.plural} ${none}`, random),
    ])
    return { text, sql: `select count(*) ${where}` }
  }
  const shown = labelOrShown(owner, random)
  if (!shown) return undefined
  return {
    text: listing(ofSome(shown, owner, none, random), random),
    sql: `select ${shown.sql} ${where}`,
  }
}

/** "Show the names of departments that have employees": each once. */
const withAny: Template = (setting) => {
  const { random } = setting
  const owned = drawOwned(setting)
  if (!owned) return undefined
  const { owner, things, from } = owned
  const any = random.pick([
    `that have ${things.plural}`,
    `that have at least one ${things.noun}`,
    `with any ${things.plural}`,
  ])
  const text = listing(ofSome(shownLabel(owner.label), owner, any, random), random)
  return { text, sql: `select distinct ${owner.label.sql} from ${from}` }
}

/** "Which department has the highest total salary of its employees?" */
const rankedOwners: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  if (!link) return undefined
  const { parent: owner, child } = link
  const number = drawn(columnsOf(child, ['number']), random)
  const byNumber: Measure | undefined =
    number && measureOf(number, number.additive ? random.pick(['sum', 'avg']) : 'avg', random)
  const counted = { sql: 'count(*)', words: `number of ${child.plural}` }
  const measure = byNumber && random.chance(70) ? byNumber : counted
  const from = measure === counted ? ` from ${child.sql}` : ''
  const ofWhat = measure === counted ? measure.words : `${measure.words} of ${child.plural}`
  const descending = random.chance(70)
  const order = orderSql(measure.sql, descending)
  const { words, plural, sql } = owner.label
  if (measure !== counted && random.chance(60)) {
    const best = random.pick(
      descending ? ['highest', 'largest', 'greatest'] : ['lowest', 'smallest'],
    )
    const text = random.pick([
      `which ${owner.noun} has the ${best} ${ofWhat}? Give its ${words}`,
      `what is the ${words} of the ${owner.noun} with the ${best} ${ofWhat}?`,
      `find the ${words} of the ${owner.noun} that has the ${best} ${ofWhat}`,
    ])
    return { text, sql: `select ${sql} ${groupSql(owner)} ${order} limit 1` }
  }
  const text = listing(
    `${plural} of ${owner.plural} ${inOrder({ words: `the ${ofWhat}` }, descending, random)}`,
    random,
  )
  return { text, sql: `select ${sql}${from} ${groupSql(owner)} ${order}` }
}

/** "How many employees with an age above 30 does each department have?" */
const countOfSomeOfEach: Template = (setting) => {
  const { random } = setting
  const link = drawOwnerLink(setting)
  const condition = link && conditionOn(link.child, random)
  if (!link || !condition) return undefined
  const { parent: owner, child } = link
  const what = `${child.plural} ${condition.with}`
  const text = random.pick([
    `for each ${owner.noun}, show its ${owner.label.words} and the number of its ${what}`,
    `list the ${owner.label.words} of each ${owner.noun} and how many ${what} it has`,
  ])
  return {
    text,
    sql: `select ${owner.label.sql}, count(*) where ${condition.sql} ${groupSql(owner)}`,
  }
}

export const ownerTemplates: readonly NamedTemplate[] = [
  ['count of each owner', 2.4, countOfEach],
  ['most owned', 2.6, mostOwned],
  ['enough owned', 2, enoughOwned],
  ['without any', 3.2, withoutAny],
  ['with any', 0.5, withAny],
  ['ranked owners', 1.2, rankedOwners],
  ['count of some of each', 0.5, countOfSomeOfEach],
]
