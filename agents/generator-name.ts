/** Names of what writes SQL. */

/** Those that come with Parley, in the order in which they are offered. */
export const usualGenerators = [
  'auto',
  'rules',
  'local',
  'scratch',
  'openai',
  'custom',
  'ollama',
  'lmstudio',
] as const

export type UsualGenerator = (typeof usualGenerators)[number]

/** What a program may call a generator that it brings along. */
export const generatorNamePattern = /^[a-z][a-z0-9_-]{0,39}$/

/** What can be asked to write: a usual one, or one by the name that a program gave it. */
export type WritingGenerator = UsualGenerator | (string & {})

/** `given` marks SQL that the user typed instead of a question, `approved` SQL that was approved for just this question. */
export type GeneratorName = WritingGenerator | 'given' | 'approved'

export function isUsualGenerator(name: string): name is UsualGenerator {
  return (usualGenerators as readonly string[]).includes(name)
}
