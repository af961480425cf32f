/** How many there must be of something: "at least two". */
import type { Random } from '../../random.js'

export interface Bound {
  /** `>= 2`. */
  readonly sql: string
  /** "At least 2"; goes before a plural, or before a singular where `isOne`. */
  readonly words: string
  readonly isOne: boolean
}

const signs = [
  ['>', ['more than', 'over']],
  ['>', ['more than']],
  ['>=', ['at least']],
  ['>=', ['at least', 'no fewer than']],
  ['<', ['fewer than', 'less than']],
  ['=', ['exactly']],
] as const

const numberWords = ['', 'one', 'two', 'three', 'four', 'five']

export function drawBound(random: Random): Bound {
  const [sign, said] = random.pick(signs)
  const lowest = sign === '>' ? 1 : 2
  const count = random.pick([lowest, lowest, 2, 2, 3, 3, 4, 5])
  if (sign === '>=' && random.chance(20)) {
    return { sql: `>= ${count}`, words: `${numberWords[count]} or more`, isOne: false }
  }
  const number = random.chance(45) ? numberWords[count] : count
  return { sql: `${sign} ${count}`, words: `${random.pick(said)} ${number}`, isOne: count === 1 }
}
