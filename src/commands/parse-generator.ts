/** A generator's name as typed. */
import type { GeneratorName } from '../../agents/answer.js'

export function parseGenerator(
  name: string | undefined,
): Exclude<GeneratorName, 'given'> | 'unknown' | undefined {
  if (name === undefined) return undefined
  return name === 'auto' || name === 'rules' || name === 'local' ? name : 'unknown'
}
