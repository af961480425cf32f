/** The port to whatever proposes questions with their SQL. */
import type { Draft } from './pair.js'

export interface PairWriter {
  readonly name: string
  /** What it cannot ask about, and why; for people. */
  readonly notes: readonly string[]
  /** The drafts of that number, counted from 0; equal numbers give equal drafts. None when nothing came of it. */
  draft(number: number, signal: AbortSignal): Promise<readonly Draft[]>
}
