/** The port to whatever proposes questions with their SQL. */
import type { Draft } from './pair.js'

/** Why a phase has fewer pairs than were wanted. */
export interface Ended {
  readonly why: 'budget' | 'model' | 'fruitless'
  /** For people. */
  readonly message: string
}

export interface PairWriter {
  readonly name: string
  /** What it cannot ask about, and why; for people. */
  readonly notes: readonly string[]
  /**
   * Set where a draft takes long or costs: so many are asked for at the same time, none of those that an earlier run was
   * through with, and each shard asks for numbers of its own.
   */
  readonly ahead?: number
  /** The drafts of that number, counted from 0; equal numbers give equal drafts. None when nothing came of it. */
  draft(number: number, signal: AbortSignal): Promise<readonly Draft[]>
  /** Why nothing more will come. */
  ended?(): Ended | undefined
}
