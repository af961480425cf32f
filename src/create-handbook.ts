/** A user's handbook on the store: told is only of what the user can see. */
import { type Catalog, findTable } from '../data/catalog.js'
import type { Description, DescriptionTarget } from '../data/store/handbook-store.js'
import type { Handbook, HandbookFailure, HandbookFailureCode } from './handbook.js'
import type { Services } from './services.js'

/** What of the services a handbook is made of. */
export type HandbookSources = Pick<Services, 'conversations' | 'scopeOf' | 'catalog'>

/** Of one dataset: nobody fills the disk, and what is told is read whole when it has changed. */
export const mostDescriptions = 5_000

export function createHandbook(
  { conversations, scopeOf, catalog }: HandbookSources,
  user: string | undefined,
): Handbook {
  const { handbook } = conversations.store
  const { owner, dataset } = scopeOf(user)
  const visible = async () => {
    const shown = await catalog()
    const all = await handbook.descriptions(dataset)
    return all.filter((each) => resolve(shown, each) !== undefined)
  }
  return {
    descriptions: visible,
    describe: async (asked, text) => {
      const target = resolve(await catalog(), asked)
      if (!target) return failed('unknown', unknownTarget(asked))
      const told = await handbook.descriptions(dataset)
      const isNew = !told.some((each) => isSame(each, target))
      if (isNew && text !== '' && told.length >= mostDescriptions) {
        return failed('full', `There are ${mostDescriptions} descriptions already.`)
      }
      const description = { ...target, text, changedBy: owner }
      await handbook.describe(dataset, description)
      await catalog()
      return { ok: true, entry: { ...description, changedAt: new Date().toISOString() } }
    },
  }
}

/** In the spelling of the catalog. */
function resolve(
  catalog: Catalog,
  { table, column }: DescriptionTarget,
): DescriptionTarget | undefined {
  const found = findTable(catalog, table)
  if (!found || column === undefined) return found && { table: found.name }
  const wanted = column.toLowerCase()
  const named = found.columns.find(({ name }) => name.toLowerCase() === wanted)
  return named && { table: found.name, column: named.name }
}

function isSame(a: Description, b: DescriptionTarget): boolean {
  return a.table === b.table && a.column === b.column
}

function unknownTarget({ table, column }: DescriptionTarget): string {
  return column === undefined
    ? `There is no table ${table}.`
    : `There is no column ${column} in a table ${table}.`
}

function failed(code: HandbookFailureCode, message: string) {
  const hints = code === 'full' ? ['Remove some that are not needed any more.'] : []
  const failure: HandbookFailure = { code, message, hints }
  return { ok: false as const, failure }
}
