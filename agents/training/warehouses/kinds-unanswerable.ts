/** Questions for what a schema lacks. */

import { singular } from '../../../data/name-words.js'
import { allThemes } from '../../../data/training/warehouses/themes.js'
import type { WarehouseTable } from '../../../data/training/warehouses/warehouse.js'
import type { Asked, Kind } from './asked.js'
import { ownersOf } from './world.js'

/** Columns and events of all themes: natural to ask for, and mostly not there. */
const elsewhere = allThemes().flatMap(({ tables }) =>
  tables.flatMap(({ columns, references, plural }) => ({
    attributes: columns
      .filter(({ kind }) => ['money', 'whole', 'real', 'rate', 'phone', 'category'].includes(kind))
      .map(({ words }) => words),
    events: references.length > 0 ? [plural] : [],
  })),
)

/** Asks for what the schema lacks. */
export const unanswerable: Kind = ({ world, random }) => {
  const table: WarehouseTable = random.pick(world.tables)
  const known = new Set(world.tables.flatMap(wordsOf))
  const isForeign = (words: string) => words.split(' ').every((word) => !known.has(singular(word)))
  const other = random.pick(elsewhere)
  const attribute = random.pick([...other.attributes, 'website', 'shoe size', 'tax number'])
  const thing = random.pick([
    ...random.pick(elsewhere).events,
    'meteorites',
    'press releases',
    'lawsuits',
  ])
  if (!isForeign(attribute) || !isForeign(thing)) return undefined
  const owner = ownersOf(table)[0] ?? table
  return random.pick<Asked>([
    {
      text: `what is the ${attribute} of each ${table.noun}`,
      form: 'question',
      sql: 'none',
    },
    { text: `${attribute} by ${owner.noun}`, form: 'noun', sql: 'none' },
    { text: `average ${attribute} of the ${table.plural}`, form: 'noun', sql: 'none' },
    {
      text: `how many ${thing} are there per ${owner.noun}`,
      form: 'question',
      sql: 'none',
    },
    { text: `number of ${thing} last year`, form: 'noun', sql: 'none' },
    { text: `which ${table.noun} has the most ${thing}`, form: 'question', sql: 'none' },
    { text: `how much did we spend on ${thing} in 2023`, form: 'question', sql: 'none' },
  ])
}

/** Every word by which something of the table may be called. */
function wordsOf({ noun, plural, columns }: WarehouseTable): string[] {
  const said = columns.flatMap((column) => [column.words, column.plural, ...column.synonyms])
  return [noun, plural, ...said].flatMap((words) => words.split(' ').map(singular))
}
