/** What a caller asked for beside the question, with what the settings say where it did not. */
import { z } from 'zod'
import type { GeneratorName } from '../agents/answer.js'
import type { WritingGenerator } from '../agents/generator-name.js'
import type { QuestionOptions } from '../agents/state.js'
import type { Config } from './config.js'
import type { ProcessOptions } from './orchestrator.js'

/** What is told apart in answers cannot be asked for. */
function writing(generator: GeneratorName | undefined): WritingGenerator | undefined {
  return generator === 'given' || generator === 'approved' ? undefined : generator
}

/** Throws RangeError for a date that is none. */
export function questionOptions(options: ProcessOptions, config: Config): QuestionOptions {
  const asOf = options.asOf ?? config.asOf
  if (asOf !== undefined && !z.iso.date().safeParse(asOf).success) {
    throw new RangeError(`asOf is a date such as 2025-12-31, not "${asOf}".`)
  }
  return {
    useRag: options.useRag ?? true,
    generator: writing(options.generator) ?? config.generator,
    useApproved: (writing(options.generator) ?? 'auto') === 'auto' && !options.swaps?.length,
    user: options.user,
    newTopic: options.newTopic ?? false,
    asOf,
    swaps: options.swaps,
    isSql: options.isSql,
  }
}
