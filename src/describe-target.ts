/** Describes a table or a column in the spelling of the catalog. */
import { type Catalog, findTable } from '../data/catalog.js'
import type { Scope } from '../data/store/app-store.js'
import type { Description, DescriptionTarget } from '../data/store/handbook-store.js'
import type { HandbookFailure, Told } from './handbook.js'
import { knowledgeLimits } from './knowledge-file.js'
import type { Services } from './services.js'

interface Asked extends Scope {
  readonly asked: DescriptionTarget
  readonly text: string
}

export async function describeTarget(
  { conversations, catalog }: Pick<Services, 'conversations' | 'catalog'>,
  { owner, dataset, asked, text }: Asked,
): Promise<Told<Description>> {
  const { handbook } = conversations.store
  const target = resolveTarget(await catalog(), asked)
  if (!target) return { ok: false, failure: unknownTarget(asked) }
  const known = await handbook.descriptions(dataset)
  const isNew = !known.some((each) => isSame(each, target))
  if (isNew && text !== '' && known.length >= knowledgeLimits.descriptions) {
    const message = `There are ${knowledgeLimits.descriptions} descriptions already.`
    const hints = ['Remove some that are not needed any more.']
    return { ok: false, failure: { code: 'full', message, hints } }
  }
  const description = { ...target, text, changedBy: owner }
  await handbook.describe(dataset, description)
  return { ok: true, entry: { ...description, changedAt: new Date().toISOString() } }
}

/** Undefined when there is no such table or column to see. */
export function resolveTarget(
  catalog: Catalog,
  { table, column }: DescriptionTarget,
): DescriptionTarget | undefined {
  const found = findTable(catalog, table)
  if (!found || column === undefined) return found && { table: found.name }
  const wanted = column.toLowerCase()
  const named = found.columns.find(({ name }) => name.toLowerCase() === wanted)
  return named && { table: found.name, column: named.name }
}

export function isVisible(catalog: Catalog, target: DescriptionTarget): boolean {
  return resolveTarget(catalog, target) !== undefined
}

export function unknownTarget({ table, column }: DescriptionTarget): HandbookFailure {
  const what = column === undefined ? `table ${table}` : `column ${column} in a table ${table}`
  return { code: 'unknown', message: `There is no ${what}.`, hints: [] }
}

function isSame(a: Description, b: DescriptionTarget): boolean {
  return a.table === b.table && a.column === b.column
}
