/** The tables that something read from a question names, wherever in it. */
import type { Entities } from './entities.js'

export function tablesOf(entities: Entities | undefined): readonly string[] {
  const tables = new Set<string>(entities?.base === undefined ? [] : [entities.base])
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, part] of Object.entries(value)) {
      if (key === 'table' && typeof part === 'string') tables.add(part)
      else look(part)
    }
  }
  look(entities)
  return [...tables]
}
