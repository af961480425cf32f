/** What results are broken down by. */
import { pluralOf } from '../../../data/name-words.js'
import type { Random } from '../../../data/random.js'
import type {
  WarehouseColumn,
  WarehouseTable,
} from '../../../data/training/warehouses/warehouse.js'
import { isPerson, labelOf, ownersOf, sqlOf, type World, wordsFor } from './world.js'

export interface AskedDimension {
  readonly sql: string
  /** Singular: `department`, `insurance`. */
  readonly words: string
  readonly plural: string
  readonly column: WarehouseColumn
  /** The table, where its rows themselves are the groups. */
  readonly owner?: WarehouseTable
}

/** A name of what the rows belong to, or a kind of it or of the rows. */
export function askDimension(
  world: World,
  table: WarehouseTable,
  random: Random,
  taken: readonly WarehouseColumn[] = [],
): AskedDimension | undefined {
  const owners = ownersOf(table)
  const labels = owners.flatMap((owner) => ownerDimension(owner) ?? [])
  const kinds = [table, ...owners].flatMap((each) => kindDimensions(world, each))
  const choices = random.chance(58) ? labels : kinds
  const free = (choices.length > 0 ? choices : [...labels, ...kinds]).filter(
    ({ column }) =>
      !taken.some(
        (other) =>
          other === column ||
          (other.table === column.table && (other.kind === 'label' || column.kind === 'label')),
      ),
  )
  return free.length > 0 ? random.pick(free) : undefined
}

/** Whether "who" can only mean one of these. */
export function isOnlyPerson(table: WarehouseTable, { owner }: AskedDimension): boolean {
  const people = ownersOf(table).filter(isPerson)
  return owner !== undefined && people.length === 1 && people[0] === owner
}

export function ownerDimension(owner: WarehouseTable): AskedDimension | undefined {
  const column = labelOf(owner)
  if (!column) return undefined
  return { sql: sqlOf(column), words: owner.noun, plural: owner.plural, column, owner }
}

function kindDimensions(world: World, table: WarehouseTable): AskedDimension[] {
  return table.columns
    .filter(({ kind, values }) => (kind === 'category' || kind === 'place') && values.length > 1)
    .map((column) => {
      const words = wordsFor(world, table, column)
      return { sql: sqlOf(column), words, plural: pluralOf(words), column }
    })
}
