/** A question before its last polish, with the SQL that answers it. */
import type { Random } from '../../../data/random.js'
import type { Clock } from './ask-periods.js'
import type { World } from './world.js'

export interface Asked {
  /** In lower case but for names, without a mark at its end. */
  readonly text: string
  /** What may be said around it: a noun phrase takes "show me the …", a listing "list …", a question stands alone. */
  readonly form: 'noun' | 'listing' | 'question'
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
