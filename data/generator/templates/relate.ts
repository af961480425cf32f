/** Draws tables that a key relates, with words for conditions across it. */
import type { Random } from '../../random.js'
import type { AskableTable, Label, Link, TemplateSetting } from './askable.js'
import type { Condition } from './conditions.js'
import { drawn } from './draw.js'

/** A table that can be named and grouped by. */
export interface Owner extends AskableTable {
  readonly label: Label
}

export interface OwnerLink extends Link {
  readonly parent: Owner
}

export function drawLink({ schema, random }: TemplateSetting): Link | undefined {
  return drawn(schema.links, random)
}

export function drawOwnerLink({ schema, random }: TemplateSetting): OwnerLink | undefined {
  return drawn(schema.links.filter(hasOwner), random)
}

function hasOwner(link: Link): link is OwnerLink {
  return link.parent.label !== undefined
}

export function isOwner(table: AskableTable): table is Owner {
  return table.label !== undefined
}

/** Rows of one owner are a group even where two owners have one name. */
export function groupSql(owner: Owner): string {
  return `group by ${owner.key ?? owner.label.sql}`
}

/** "Department whose name is Sales": one where the condition names it, else several. */
export function named(
  { noun, plural }: AskableTable,
  condition: Condition,
  random: Random,
): string {
  const one = condition.column.role === 'name'
  const said = random.chance(50) ? condition.with : `whose ${condition.is}`
  return `${one ? `the ${noun}` : random.pick([plural, `the ${plural}`])} ${said}`
}

/** "Whose department has name Sales", after the child's noun. */
export function throughParent(parent: AskableTable, condition: Condition, random: Random): string {
  const has = condition.with.replace(/^with /, '')
  return random.pick([
    `whose ${parent.noun} has ${has}`,
    `of ${named(parent, condition, random)}`,
    `belonging to ${named(parent, condition, random)}`,
    `for ${named(parent, condition, random)}`,
  ])
}

/** "That have an employee whose age is above 30", after the parent's noun. */
export function throughChild(child: AskableTable, condition: Condition, random: Random): string {
  const said = random.chance(50) ? condition.with : `whose ${condition.is}`
  return random.pick([
    `that have ${child.plural} ${said}`,
    `that have a ${child.noun} ${said}`,
    `with at least one ${child.noun} ${said}`,
    `having any ${child.noun} ${said}`,
  ])
}
