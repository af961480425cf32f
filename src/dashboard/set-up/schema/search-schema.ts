/** Finds tables by their names, by those of their columns, and by what is said of either. */
import type { Catalog, Column, Table } from '../../../../data/catalog.js'

export interface FoundTable {
  readonly table: Table
  /** Its columns that have all the words; none where the table itself has them. */
  readonly columns: readonly Column[]
}

export type SchemaSearch = (query: string) => readonly FoundTable[]

interface Searchable {
  readonly table: Table
  readonly text: string
  readonly columns: readonly { readonly column: Column; readonly text: string }[]
}

/** The texts are made once: it is asked at every letter. */
export function schemaSearch({ tables }: Pick<Catalog, 'tables'>): SchemaSearch {
  const searchable = tables.map(
    (table): Searchable => ({
      table,
      text: textOf(table),
      columns: table.columns.map((column) => ({ column, text: textOf(column) })),
    }),
  )
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return tables.map((table) => ({ table, columns: [] }))
    return searchable.flatMap((each) => found(each, words))
  }
}

/** A word of the table's may stand beside one of a column's: "sales date". */
function found({ table, text, columns }: Searchable, words: readonly string[]): FoundTable[] {
  const rest = words.filter((word) => !text.includes(word))
  if (rest.length === 0) return [{ table, columns: [] }]
  const hits = columns.filter((each) => rest.every((word) => each.text.includes(word)))
  return hits.length === 0 ? [] : [{ table, columns: hits.map(({ column }) => column) }]
}

function textOf({ name, comment = '', sourceComment = '', aliases = [] }: Table | Column): string {
  return [name, comment, sourceComment, ...aliases].join('\n').toLowerCase()
}
