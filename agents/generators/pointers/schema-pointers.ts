/** Short names for tables and columns, given as they are first asked for. */
import type { ColumnReference } from '../../../data/catalog.js'

export interface SchemaPointers {
  table(name: string): string
  column(reference: ColumnReference): string
  /** The table behind a pointer; undefined where it is none. */
  tableOf(pointer: string): string | undefined
  columnOf(pointer: string): string | undefined
}

/** Puts a list into another order. */
export type Mix = <Item>(list: readonly Item[]) => readonly Item[]

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
/** No word of SQL and hardly one of English begins like these. */
const tablePointers = letters.map((letter) => `z${letter}`)
/**
 * Those of a usual schema, and those of the widest that fits into a prompt. The fewer there are, the more often a small
 * network sees each, and the sooner it points.
 */
const [usualPointers, furtherPointers] = [letters.slice(0, 2), letters.slice(2)].map((firsts) =>
  firsts.flatMap((first) => letters.map((second) => `q${first}${second}`)),
) as [string[], string[]]

/**
 * In training `mix` shuffles: a model that always sees the first pointer first learns places instead of pointing. It does
 * so too where a question in doubt is put again.
 */
export function pointAtSchema(mix: Mix = (list) => list): SchemaPointers {
  const tables = naming(mix(tablePointers))
  const columns = naming([...mix(usualPointers), ...furtherPointers])
  return {
    table: (name) => tables.of(name, name),
    column: ({ table, column }) => columns.of(JSON.stringify([table, column]), column),
    tableOf: tables.named,
    columnOf: columns.named,
  }
}

function naming(free: readonly string[]) {
  const given = new Map<string, string>()
  const names = new Map<string, string>()
  return {
    of: (key: string, name: string): string => {
      const known = given.get(key)
      if (known !== undefined) return known
      // Such a schema fits into no prompt; it is written all the same, to see that.
      const pointer = free[given.size] ?? `${free[0]}${given.size}`
      given.set(key, pointer)
      names.set(pointer, name)
      return pointer
    },
    named: (pointer: string) => names.get(pointer),
  }
}
