/** Questions that calculate with two numbers of a row: price less cost, tip plus bill. */

import type { WarehouseTable } from '../../../data/training/warehouses/warehouse.js'
import { askEvents } from './ask-events.js'
import { whereOf } from './ask-filters.js'
import type { Asked, Kind } from './asked.js'
import { sqlOf, type World, wordsFor } from './world.js'

/** Two numbers of one unit, as far as their kind tells. */
function pairsOf(world: World, table: WarehouseTable) {
  const numbers = table.columns.filter(({ kind }) => kind === 'money')
  return numbers.flatMap((left) =>
    numbers
      .filter((right) => right !== left)
      .map((right) => ({
        left: { sql: sqlOf(left), words: wordsFor(world, table, left) },
        right: { sql: sqlOf(right), words: wordsFor(world, table, right) },
      })),
  )
}

/** "Average price minus parts cost of urgent repairs", "difference between price and parts cost of repair 7". */
export const difference: Kind = (setting) => {
  const { world, random } = setting
  const events = askEvents(setting, { filtered: 0, timed: 45 })
  const pairs = events ? pairsOf(world, events.table) : []
  if (!events || pairs.length === 0) return undefined
  const { table, conditions, when } = events
  const { left, right } = random.pick(pairs)
  const isSum = random.chance(20)
  const written = `${left.sql} ${isSum ? '+' : '-'} ${right.sql}`
  const phrase = random.pick(
    isSum
      ? [`${left.words} plus ${right.words}`, `sum of ${left.words} and ${right.words}`]
      : [
          `${left.words} minus ${right.words}`,
          `${left.words} less ${right.words}`,
          `difference between ${left.words} and ${right.words}`,
        ],
  )
  if (random.chance(30)) {
    const number = random.integer(1, table.rows.length)
    const key = sqlOf({ table: table.name, name: table.key })
    const sql = `select ${written} where ${key} = ${number}`
    return { text: `${phrase} of ${table.noun} ${number}`, form: 'noun', sql }
  }
  const [call, said] = random.pick([
    ['avg', 'average'],
    ['sum', 'total'],
    ['max', 'highest'],
  ] as const)
  const sql = `select ${call}(${written})${whereOf(conditions)}`
  return random.pick<Asked>([
    { text: `${said} ${phrase}${when}`, form: 'noun', sql },
    { text: `what is the ${said} ${phrase}${when}`, form: 'question', sql },
  ])
}
