/** Writes pairs without a model: templates over the catalog, their slots filled from what is stored. */
import type { Catalog, Table } from '../catalog.js'
import { createRandom, type Random, seedOf } from '../random.js'
import type { PhaseName } from './pair.js'
import type { PairWriter } from './pair-writer.js'
import { phaseTemplates } from './phase-templates.js'
import { readSchema } from './templates/read-schema.js'
import type { Worded } from './worded-template.js'

export interface TemplateWriting {
  readonly phase: Exclude<PhaseName, 'sample_data'>
  /** Text columns list as many values in `samples` as questions may name. */
  readonly catalog: Catalog
  readonly seed: number
  /** Whether questions may name stored values. */
  readonly namesValues: boolean
}

/** Tries for one draft: not every template fits every schema. */
const triesPerDraft = 20

export function createTemplateWriter(writing: TemplateWriting): PairWriter {
  const { phase, seed } = writing
  const catalog = writing.namesValues ? writing.catalog : withoutValues(writing.catalog, phase)
  const schema = readSchema(catalog)
  const templates = phaseTemplates(phase, catalog, schema)
  const weights = templates.map(([, weight]) => weight)
  const drawOne = (random: Random): { name: string; worded: Worded } | undefined => {
    for (let left = triesPerDraft; left > 0 && templates.length > 0; left--) {
      const [name, , template] = templates[random.weighted(weights)] ?? []
      const worded = template?.(random)
      if (name !== undefined && worded) return { name, worded }
    }
    return undefined
  }
  return {
    name: 'templates',
    notes: [...tableNotes(catalog), ...keyNotes(phase, catalog)],
    async draft(number) {
      const found = drawOne(createRandom(seedOf(`${seed}:${phase}:${number}`)))
      if (!found) return []
      return [{ template: found.name, ...found.worded }]
    },
  }
}

/** Smallest and largest bound the numbers of questions; of the schema itself they would be told. */
function withoutValues(catalog: Catalog, phase: PhaseName): Catalog {
  const told = phase === 'schema_docs' ? { min: undefined, max: undefined } : {}
  const bare = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      ...told,
      samples: [],
      values: undefined,
    })),
  })
  return { ...catalog, tables: catalog.tables.map(bare) }
}

function tableNotes({ tables }: Catalog): string[] {
  return tables
    .filter(({ rowCount }) => rowCount === 0)
    .map(({ name }) => `${name} has no rows, so nothing is asked about it.`)
}

function keyNotes(phase: PhaseName, { relationships }: Catalog): string[] {
  const needsKeys = phase === 'joins' || phase === 'schema_relationship'
  const isBare = needsKeys && relationships.length === 0
  return isBare ? ['No table points at another, so nothing can be joined.'] : []
}
