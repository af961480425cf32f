/** Which tables and columns a select of hand-written SQL can name, and by which words. */
import type { Column, Table } from '../catalog.js'
import type { OutputColumn } from './output-columns.js'

/** One table or sub-query of a FROM clause; the same table twice makes two. */
export interface Instance {
  /** Stands for the instance in names until it gets its final one; no table is called so. */
  readonly key: string
  /** The word SQL calls it by, in lower case. */
  readonly visible: string
  readonly table?: Table
  /** Output columns of a sub-query. */
  readonly outputs: readonly OutputColumn[]
}

/** What one column name stands for. */
export interface FoundColumn {
  readonly instance: Instance
  readonly name: string
  /** Absent for a column of a sub-query. */
  readonly column?: Column
}

/** The instances of a select, then those of the select around it, and so on outwards. */
export type ColumnScope = readonly (readonly Instance[])[]

export function findInstance(scope: ColumnScope, name: string): Instance | undefined {
  return scope.flat().find(({ visible }) => visible === name.toLowerCase())
}

export function findBareColumn(scope: ColumnScope, name: string): FoundColumn | undefined {
  for (const instance of scope.flat()) {
    const found = findColumnOf(instance, name)
    if (found !== undefined) return found
  }
  return undefined
}

export function findColumnOf(instance: Instance, name: string): FoundColumn | undefined {
  const wanted = name.toLowerCase()
  const column = instance.table?.columns.find((known) => known.name.toLowerCase() === wanted)
  if (column !== undefined) return { instance, name: column.name, column }
  const output = instance.outputs.find(({ name }) => name.toLowerCase() === wanted)
  return output === undefined ? undefined : { instance, name: output.written }
}
