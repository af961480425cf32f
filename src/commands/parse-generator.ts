/** A generator's name as typed, and what it needs. */
import {
  isUsualGenerator,
  type UsualGenerator,
  usualGenerators,
} from '../../agents/generator-name.js'

/** For usage lines. */
export const generatorChoice = usualGenerators.join('|')
export const generatorHelp = usualGenerators.join(', ')

export function parseGenerator(name: string | undefined): UsualGenerator | 'unknown' | undefined {
  if (name === undefined) return undefined
  return isUsualGenerator(name) ? name : 'unknown'
}

/** Whether it writes, or may write, with the model of this process. */
export function usesLocalModel(generator: string): boolean {
  return generator === 'auto' || generator === 'local'
}
