/** How a generator is doing, in a word. */
import type { GeneratorStatus } from '../../../../agents/sql-generator.js'

export type GeneratorState = 'ready' | 'loading' | 'missing' | 'off'

export function stateOf({ ready, loading, off }: GeneratorStatus): GeneratorState {
  if (ready) return 'ready'
  if (loading) return 'loading'
  return off ? 'off' : 'missing'
}
