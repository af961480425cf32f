/** Questions that rank things by what they are. */
import { adjectivesOf } from './adjectives.js'
import type { Asked, Kind } from './asked.js'
import { isNumber, isPerson, labelOf, sqlOf, wordsFor } from './world.js'

/** "The 5 doctors with the highest salary", "oldest branch". */
export const topThings: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  const columns = table.columns.filter((column) => isNumber(column) || column.kind === 'past')
  if (!label || columns.length === 0) return undefined
  const column = random.pick(columns)
  const descending = random.chance(65)
  const count = random.chance(45) ? 1 : random.pick([2, 3, 5, 5, 10])
  const items = count === 1 ? sqlOf(label) : `${sqlOf(label)}, ${sqlOf(column)}`
  const nulls = column.nullable ? ` where ${sqlOf(column)} is not null` : ''
  const sql = `select ${items}${nulls} order by ${sqlOf(column)}${descending ? ' desc' : ' asc'} limit ${count}`
  const adjectives = adjectivesOf(column)
  if (adjectives && random.chance(60)) {
    const which = random.pick(descending ? adjectives.most : adjectives.least)
    if (count > 1) {
      return { text: `${count} ${which} ${table.plural}`, form: 'noun', sql }
    }
    return random.pick<Asked>([
      { text: `${which} ${table.noun}`, form: 'noun', sql },
      { text: `which ${table.noun} is the ${which}`, form: 'question', sql },
      { text: `what is our ${which} ${table.noun}`, form: 'question', sql },
    ])
  }
  if (column.kind === 'past') {
    const verb = column.verb?.split('/')[0]
    if (!verb) return undefined
    const single = verb.replace(/^were /, 'was ')
    const when = descending ? random.pick(['most recently', 'last']) : 'first'
    if (count === 1) return { text: `which ${table.noun} ${single} ${when}`, form: 'question', sql }
    const which = isPerson(table) ? 'who' : 'that'
    return { text: `${count} ${table.plural} ${which} ${verb} ${when}`, form: 'noun', sql }
  }
  const words = wordsFor(world, table, column)
  const ranked = random.pick(
    descending ? ['highest', 'largest', 'highest'] : ['lowest', 'smallest', 'lowest'],
  )
  if (count === 1) {
    const text = random.pick([
      `which ${table.noun} has the ${ranked} ${words}`,
      `${table.noun} with the ${ranked} ${words}`,
    ])
    return { text, form: text.startsWith('which') ? 'question' : 'noun', sql }
  }
  const end = descending ? 'top' : 'bottom'
  const text = random.pick([
    `${count} ${table.plural} with the ${ranked} ${words}`,
    `${end} ${count} ${table.plural} by ${words}`,
  ])
  return { text, form: 'noun', sql }
}
