/** Guesses the keys of a database from the joins of its gold SQL. */
import { singular, tableStem } from '../../name-words.js'
import { type ColumnAt, columnKey } from './bird-database.js'
import type { ColumnUses } from './read-column-uses.js'

export interface GuessedKeys {
  /** What a column equals in joins, by `columnKey`: columns of one group hold the same things. */
  readonly groups: ReadonlyMap<string, string>
  /** By table. */
  readonly primary: ReadonlyMap<string, string>
  readonly foreign: readonly { readonly from: ColumnAt; readonly to: ColumnAt }[]
}

export function findKeys(uses: readonly ColumnUses[]): GuessedKeys {
  const pairs = uses
    .flatMap(({ joined }) => joined)
    .filter(([left, right]) => left.table !== right.table)
  const columns = new Map(pairs.flat().map((column) => [columnKey(column), column]))
  const groups = groupJoined(pairs, [...columns.keys()])
  const members = new Map<string, ColumnAt[]>()
  for (const [key, column] of columns) {
    const group = groups.get(key) ?? key
    members.set(group, [...(members.get(group) ?? []), column])
  }
  const primary = new Map<string, string>()
  const foreign: { from: ColumnAt; to: ColumnAt }[] = []
  for (const list of members.values()) {
    const [parent, ...children] = [...list].sort(
      (left, right) => parentScore(right, pairs) - parentScore(left, pairs),
    )
    if (parent === undefined) continue
    const isKey = parentScore(parent, pairs) >= surelyKey && children.length > 0
    if (isKey && !primary.has(parent.table)) primary.set(parent.table, parent.column)
    foreign.push(...directed(parent, children, pairs))
  }
  return { groups, primary, foreign }
}

/** Named as a key and joined with another table, or joined with a few more. */
const surelyKey = 2.5

/** Children that are never joined with the parent itself keep what they are joined with. */
function directed(
  parent: ColumnAt,
  children: readonly ColumnAt[],
  pairs: readonly (readonly [ColumnAt, ColumnAt])[],
) {
  const isJoined = (left: ColumnAt, right: ColumnAt) =>
    pairs.some((pair) => isSame(pair, left, right) || isSame(pair, right, left))
  const own = children.filter((child) => isJoined(child, parent))
  const others = children.filter((child) => !own.includes(child) && child.table !== parent.table)
  return [
    ...own.map((from) => ({ from, to: parent })),
    ...others.flatMap((from) => {
      const to = own.find((other) => isJoined(from, other))
      return to ? [{ from, to }] : []
    }),
  ]
}

function isSame([left, right]: readonly [ColumnAt, ColumnAt], one: ColumnAt, other: ColumnAt) {
  return columnKey(left) === columnKey(one) && columnKey(right) === columnKey(other)
}

/** A key is named after its own table, and joined with many others. */
function parentScore(column: ColumnAt, pairs: readonly (readonly [ColumnAt, ColumnAt])[]): number {
  const name = column.column
    .toLowerCase()
    .replace(/^[a-z]{1,2}_/, '')
    .replaceAll(/[^a-z0-9]/g, '')
  const stem = tableStem(column.table)
  const others = new Set(
    pairs.flatMap(([left, right]) => {
      if (columnKey(left) === columnKey(column)) return [right.table]
      return columnKey(right) === columnKey(column) ? [left.table] : []
    }),
  )
  return others.size + nameScore(name, stem)
}

/** So many joins is it worth that a name says key. */
function nameScore(name: string, stem: string): number {
  if (name === stem) return 1
  if (name === 'id' || name === 'code') return 1.5
  return singular(name.replace(/(id|code|key|no|num|number)$/, '')) === stem ? 2.5 : 0
}

/** Union of joined columns; the name of a group is that of one of them. */
function groupJoined(
  pairs: readonly (readonly [ColumnAt, ColumnAt])[],
  keys: readonly string[],
): Map<string, string> {
  const groups = new Map(keys.map((key) => [key, key]))
  for (const [left, right] of pairs) {
    const [one, other] = [groups.get(columnKey(left)), groups.get(columnKey(right))]
    if (one === undefined || other === undefined || one === other) continue
    for (const [key, group] of groups) if (group === other) groups.set(key, one)
  }
  return groups
}
