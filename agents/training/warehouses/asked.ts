/** A question before its last polish, with the SQL that answers it. */
import type { Phrase } from '../../../data/generator/polish.js'
import type { Random } from '../../../data/random.js'
import type { Clock } from './ask-periods.js'
import type { World } from './world.js'

export interface Asked extends Phrase {
  /** Join-free. */
  readonly sql: string
}

export interface Setting {
  readonly world: World
  readonly clock: Clock
  readonly random: Random
}

/** Undefined when this warehouse, or what chance chose of it, has no such question. */
export type Kind = (setting: Setting) => Asked | undefined
