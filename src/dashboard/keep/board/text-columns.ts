/** The columns that cards may be filtered by: those with words in them, each once. */
import type { Catalog } from '../../../../data/catalog.js'
import { type Context, withDataset } from '../../context.js'

type Schema = Pick<Catalog, 'tables'>

/** Rejects with `RequestError`. */
export async function textColumns(context: Context): Promise<readonly string[]> {
  const { tables } = await context.service.getJson<Schema>(withDataset('/api/v1/schema', context))
  const names = tables.flatMap(({ columns }) =>
    columns.flatMap(({ name, kind }) => (kind === 'text' || kind === 'boolean' ? [name] : [])),
  )
  return [...new Set(names)].sort()
}
