/** A pattern of questions, and what it makes: a question as it is asked with what answers it. */
import type { Random } from '../random.js'
import type { Draft } from './pair.js'

export type Worded = Omit<Draft, 'template'>

/** The weight says how often it is asked; undefined when this database, or what chance chose of it, has no such question. */
export type WordedTemplate = readonly [
  name: string,
  weight: number,
  template: (random: Random) => Worded | undefined,
]
