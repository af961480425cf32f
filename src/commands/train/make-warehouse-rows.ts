/** Training databases made from themes: business questions on DuckDB warehouses, for which no public set exists. */
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import {
  isKeptForValidation,
  makeDatabase,
} from '../../../agents/training/warehouses/make-databases.js'
import type { Terminal } from '../../terminal.js'

const questionsPerWarehouse = 90

export interface WarehouseOptions {
  /** In each pass; the next pass makes others. */
  readonly count: number
  readonly passes: number
  readonly seed: number
}

export interface Warehouses {
  /** One list a pass. */
  readonly training: readonly (readonly TrainingDatabase[])[]
  /** On themes that no pass trains on. */
  readonly validation: readonly TrainingDatabase[]
}

export async function makeWarehouses(
  { count, passes, seed }: WarehouseOptions,
  {
    terminal,
    signal,
  }: { readonly terminal: Pick<Terminal, 'onProgress'>; readonly signal: AbortSignal },
): Promise<Warehouses> {
  const training: TrainingDatabase[][] = Array.from({ length: passes }, () => [])
  const validation: TrainingDatabase[] = []
  for (let index = 0; index < count * passes; index++) {
    signal.throwIfAborted()
    const pass = Math.floor(index / count) + 1
    if (isKeptForValidation(index) && pass > 1) continue
    const questions = questionsPerWarehouse
    const { database } = await makeDatabase({ seed, pass, index, questions })
    if (isKeptForValidation(index)) validation.push(database)
    else training[pass - 1]?.push(database)
    terminal.onProgress('Making warehouses', index + 1, count * passes)
  }
  return { training, validation }
}
