/** Questions about one row, by its name or its number. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Asked, Kind } from './asked.js'
import { labelOf, sqlOf, wordsFor } from './world.js'

/** "What is the phone of Ada Berg?", "which department does Ada Berg belong to?" */
export const lookup: Kind = ({ world, random }) => {
  const table = random.pick(world.things)
  const label = labelOf(table)
  if (!label || label.values.length === 0) return undefined
  const value = String(random.pick(label.values))
  const where = ` where ${sqlOf(label)} = ${sqlText(value)}`
  const owner = table.references.find(({ to }) => labelOf(to))?.to
  const ownerLabel = owner && labelOf(owner)
  const said = random.chance(25) ? `the ${table.noun} ${value}` : value
  if (owner && ownerLabel && random.chance(30)) {
    const sql = `select ${sqlOf(ownerLabel)}${where}`
    return random.pick<Asked>([
      { text: `which ${owner.noun} does ${said} belong to`, form: 'question', sql },
      { text: `what is the ${owner.noun} of ${said}`, form: 'question', sql },
    ])
  }
  const columns = table.columns.filter((column) => column !== label && column.kind !== 'flag')
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const sql = `select ${sqlOf(column)}${where}`
  if (column.verb) {
    const [verb = '', base] = column.verb.split('/')
    const text = base ? `when did ${said} ${base}` : `when was ${said} ${verb.replace('were ', '')}`
    return { text, form: 'question', sql }
  }
  if (column.kind === 'past') return undefined
  const words = wordsFor(world, table, column).replace(`${table.noun} `, '')
  if (/[^su]s$/.test(words))
    return { text: `how many ${words} does ${said} have`, form: 'question', sql }
  return random.pick<Asked>([
    { text: `what is the ${words} of ${said}`, form: 'question', sql },
    { text: `${words} of ${said}`, form: 'noun', sql },
    { text: `what ${words} does ${said} have`, form: 'question', sql },
  ])
}

/** "Fee of visit 23", "who had booking number 7": rows by the number that is their key. */
export const byKey: Kind = ({ world, random }) => {
  const table = random.pick(world.tables)
  const number = random.integer(1, table.rows.length)
  const where = ` where ${sqlOf({ table: table.name, name: table.key })} = ${number}`
  const said = random.pick([
    `${table.noun} ${number}`,
    `${table.noun} number ${number}`,
    `${table.noun} ${number}`,
  ])
  const owner = table.references.find(({ to }) => labelOf(to))?.to
  const label = owner && labelOf(owner)
  if (owner && label && random.chance(35)) {
    const sql = `select ${sqlOf(label)}${where}`
    return random.pick<Asked>([
      { text: `which ${owner.noun} does ${said} belong to`, form: 'question', sql },
      { text: `${owner.noun} of ${said}`, form: 'noun', sql },
    ])
  }
  const columns = table.columns.filter(
    ({ kind, verb }) => kind !== 'flag' && kind !== 'past' && !verb,
  )
  if (columns.length === 0) return undefined
  const column = random.pick(columns)
  const words = column.kind === 'label' ? 'name' : column.words
  const sql = `select ${sqlOf(column)}${where}`
  if (/[^su]s$/.test(words))
    return { text: `how many ${words} does ${said} have`, form: 'question', sql }
  return random.pick<Asked>([
    { text: `what is the ${words} of ${said}`, form: 'question', sql },
    { text: `${words} of ${said}`, form: 'noun', sql },
  ])
}
