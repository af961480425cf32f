/** The ways in which whole databases spell their names. */

import type { Random } from '../../random.js'
import { singularTable } from './table-name.js'

export interface NameStyle {
  /** From and to words joined by underscores. */
  column(name: string): string
  table(name: string): string
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const words = (name: string) => name.split('_')
const spellings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => words(name).map(capital).join('_'),
  (name) =>
    words(name)
      .map((word, index) => (index > 0 ? capital(word) : word))
      .join(''),
  (name) => words(name).map(capital).join(''),
]
/** In percent, in the order above. */
const weights = [60, 20, 10, 10]
const singularTables = 35

export function chooseStyle(random: Random): NameStyle {
  const spell = spellings[random.weighted(weights)] ?? ((name: string) => name)
  const isSingular = random.chance(singularTables)
  return {
    column: spell,
    table: (name) => spell(isSingular ? singularTable(name) : name),
  }
}
