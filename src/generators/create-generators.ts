/** Everything that can write SQL for one dataset, by name, in the order in which it is offered. */
import { createAutoGenerator } from '../../agents/generators/auto-generator.js'
import { fallBack } from '../../agents/generators/fall-back.js'
import { createLocalGenerator } from '../../agents/generators/local-generator.js'
import { createRemoteGenerator } from '../../agents/generators/remote-generator.js'
import { createRulesGenerator } from '../../agents/generators/rules-generator.js'
import { createScratchGenerator } from '../../agents/generators/scratch-generator.js'
import type { EmbedTexts } from '../../agents/intent/nearest-intent.js'
import type { SqlGenerator } from '../../agents/sql-generator.js'
import type { Config } from '../config.js'
import { queueGenerator } from '../queue-generator.js'
import { defaultServiceLimits } from '../service-limits.js'
import type { ServiceHooks, Services } from '../services.js'

type GeneratorParts = Pick<Services, 'model' | 'scratch' | 'remotes'> & {
  readonly knowledge: { readonly embed: EmbedTexts }
}

export function createGenerators(
  { model, scratch: scratchSlot, remotes, knowledge }: GeneratorParts,
  { levers, fallBack: canFallBack = true }: Config,
  { modelQueue, limits = defaultServiceLimits }: ServiceHooks,
): Readonly<Record<string, SqlGenerator>> {
  const rules = createRulesGenerator()
  const { modelMs } = limits
  const inTurn = (title: string, generator: SqlGenerator) =>
    modelQueue ? queueGenerator(generator, modelQueue, { title, modelMs }) : generator
  const local = inTurn('local model', createLocalGenerator(model, levers))
  const scratch = inTurn('model from scratch', createScratchGenerator(scratchSlot, levers))
  const embed: EmbedTexts = (texts) => knowledge.embed(texts)
  const auto = createAutoGenerator({ rules, local, isTrusted: model.isTrusted, embed })
  const remote = [...remotes.slots].map(([name, slot]) => {
    const generator = createRemoteGenerator(name, slot, modelMs)
    return [name, canFallBack ? fallBack(generator, auto) : generator] as const
  })
  return { auto, rules, local, scratch, ...Object.fromEntries(remote) }
}
