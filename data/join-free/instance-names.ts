/** Chooses what each table of a select is called: its own name, or `table_2` for a second copy. */
import type { Catalog } from '../catalog.js'
import { findTable } from '../catalog.js'
import type { Instance } from './column-scope.js'
import { copyName } from './table-copies.js'

/** By key. */
export type Names = ReadonlyMap<string, string>

/** More copies than these are left in the order they come. */
const maxChoices = 6

/** Every way to hand out the names; the first follows the order of the instances. */
export function nameChoices(
  instances: readonly Instance[],
  catalog: Catalog,
  taken: ReadonlySet<string>,
): readonly Names[] {
  const nameOf = ({ table }: Instance) => table?.name ?? 't'
  let choices: readonly (readonly (readonly [string, string])[])[] = [[]]
  for (const table of new Set(instances.map(nameOf))) {
    const group = instances.filter((instance) => nameOf(instance) === table)
    const free = freeNames(table, group.length, catalog, taken)
    const orders = permutations(free).slice(0, maxChoices)
    const further = choices.flatMap((known) =>
      orders.map((names) => [
        ...known,
        ...group.map(({ key }, index) => [key, names[index] ?? table] as const),
      ]),
    )
    choices = further.length <= maxChoices ? further : further.slice(0, 1)
  }
  return choices.map((pairs) => new Map(pairs))
}

function freeNames(
  table: string,
  count: number,
  catalog: Catalog,
  taken: ReadonlySet<string>,
): readonly string[] {
  const names: string[] = []
  for (let number = 1; names.length < count; number++) {
    const name = copyName(table, number)
    const isOther = number > 1 && findTable(catalog, name) !== undefined
    if (!taken.has(name.toLowerCase()) && !isOther) names.push(name)
  }
  return names
}

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}
