/** Tells by a column's name what its values look like. */
import type { MadeColumn } from '../made-database.js'
import { isNumeral } from './wiki-question.js'

/** Counted or measured: to be added up, not to be counted themselves. */
const quantity =
  /^(attendance|crowd|points?|goals?|laps|wins|won|losses|draws|drawn|played|lost|total|gold|silver|bronze|rank|population|week|pick|year|against|enrollment|capacity|votes|games|matches|apps|overall|grid|poles|number|floors|area|appearances|seats|founded|caps|tries|assists|rebounds|steals|money|series_number|season_number|pick_number|podiums|races|starts|cuts_made|byes|elevation|.*_(points|goals|for|against|population|attendance|votes|number|km|km2|m|ft|kg|lb|mhz|kw|w)|(area|population|height|weight|length|elevation)_.*|year_.*)$/
const countable = new Set(
  'rank points goals laps wins losses total score age year votes'.split(' '),
)
const fractional =
  /^(area|average|percent|rating|share|height|weight|length|density|frequency_mhz|viewers|.*(_m|_km|_km2|_kg|_percent|percent_.*|_millions?|_average))$/
const person =
  /^(player|driver|name|winner|rider|candidates?|incumbent|artist|opponents?|director|directed_by|written_by|champion|author|coach|manager|owner|athlete|actor|host|captain|nominee|runner_up|team|club|home_team|away_team|visitor|home|country|nation|nationality|city|venue|location|party|college|school|tournament|circuit|title|song|album|film|label|network|language|constructor|chassis|stadium|position|surface|competition|event)$/
const month = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i

export function isQuantity(name: string): boolean {
  const last = name.slice(name.lastIndexOf('_') + 1)
  return quantity.test(name) || fractional.test(name) || countable.has(last)
}

/** False only when name and value surely do not go together. */
export function canHold(name: string, value: string): boolean {
  if (/(^|_)date$|^date_/.test(name)) return /\d/.test(value) || month.test(value)
  if (name === 'year') return /^\D*\d[\d–/-]+$/.test(value)
  if (isQuantity(name)) return /\d/.test(value)
  return !person.test(name) || /\p{L}/u.test(value)
}

/** By the values that questions name, else by the column's name. */
export function columnType(
  name: string,
  values: readonly string[],
  calculated: boolean,
): MadeColumn['type'] {
  if (values.length > 0 && !values.every(isNumeral)) return 'TEXT'
  const byValues = values.some((value) => value.includes('.')) ? 'REAL' : 'INTEGER'
  const byName = fractional.test(name) ? 'REAL' : 'INTEGER'
  if (values.length > 0) return byValues === 'REAL' ? 'REAL' : isQuantity(name) ? byName : 'INTEGER'
  return calculated || (isQuantity(name) && !/score$/.test(name)) ? byName : 'TEXT'
}
