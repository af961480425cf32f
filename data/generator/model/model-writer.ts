/** Writes pairs by asking a language model: other tables, another topic and another tone for each draft. */
import type { LanguageModel } from '../../../models/language-model.js'
import type { Catalog } from '../../catalog.js'
import { createRandom, type Random, seedOf } from '../../random.js'
import type { Draft } from '../pair.js'
import type { PairWriter } from '../pair-writer.js'
import type { ModelPhase } from '../settings/generator-settings.js'
import { skeletonOf } from '../sql-shape.js'
import { type AnswerFormat, kindOf, type PairKind, pairsFormat } from './answer-format.js'
import type { AnswerJournal } from './answer-journal.js'
import { type ModelCalls, samplingFor } from './ask-models.js'
import { askableTables, chooseTables, type Offered, offer } from './choose-tables.js'
import type { Prompt } from './prompt-template.js'
import { type PhaseVariables, schemaVariables } from './prompt-variables.js'
import { readPairs, type WrittenPair } from './read-answer.js'
import { styles, topicsOf } from './topics.js'

export interface ModelWriting {
  readonly phase: ModelPhase
  /** Without what the model may not be told. */
  readonly catalog: Catalog
  readonly model: LanguageModel
  readonly calls: ModelCalls
  readonly journal: AnswerJournal
  readonly prompt: Prompt<PhaseVariables>
  readonly seed: number
  readonly temperature: number
  readonly maxTokens: number
  /** Pairs asked for at a time. */
  readonly count: number
  /** Whether the prompt names stored values. */
  readonly tellsValues: boolean
  /** Answers asked for at the same time. */
  readonly ahead: number
  /** Called with why an answer, or a part of it, is left out. */
  readonly onSkipped: (reason: string) => void
}

/** Answers asked for until one of them holds a pair. */
const triesPerDraft = 3

export function createModelWriter(writing: ModelWriting): PairWriter {
  const { phase, catalog, model, calls, seed, ahead } = writing
  const isEmpty = askableTables(phase, catalog).length === 0
  const note = `No table can be asked about in ${phase}: there are no rows, or no keys between tables.`
  return {
    name: `model ${model.name}`,
    notes: isEmpty ? [note] : [],
    ahead,
    ended: calls.ended,
    draft: async (number, signal) => {
      if (isEmpty) return []
      const random = createRandom(seedOf(`${seed}:${phase}:${number}`))
      const asked = askedFor(writing, random)
      for (let tries = 0; tries < triesPerDraft; tries++) {
        const own = seedOf(`${seed}:${phase}:${number}:${tries}`)
        const sampling = samplingFor(writing.temperature, { seed: own, tries })
        const pairs = await askOnce(writing, asked, { sampling, signal })
        const drafts = pairs.flatMap((pair) => draftOf(pair, asked) ?? [])
        if (drafts.length < pairs.length)
          writing.onSkipped('an answer names no table and no column')
        if (drafts.length > 0) return drafts
        if (calls.ended()) return []
      }
      return []
    },
  }
}

interface AskedFor {
  readonly prompt: string
  readonly kind: PairKind
  readonly format: AnswerFormat
  readonly tables: Offered['tables']
  readonly topic: string
}

/** Of tables that belong together, as many as there is room for. */
function askedFor(writing: ModelWriting, random: Random): AskedFor {
  const { phase, catalog, model, prompt, count, tellsValues, maxTokens } = writing
  const topic = random.pick(topicsOf(phase, catalog.dialect))
  const style = random.pick(styles)
  const kind = kindOf(phase)
  const chosen = chooseTables(phase, catalog, random)
  const room = (model.contextSize ?? Number.POSITIVE_INFINITY) - maxTokens
  for (let offered: Offered = chosen; ; offered = offer(catalog, offered.tables.slice(0, -1))) {
    const format = pairsFormat(kind, count, offered)
    const text = prompt.render({
      ...schemaVariables(offered, { tellsValues }),
      count,
      topic,
      style,
      has_values: tellsValues,
      format: format.text,
    })
    if (offered.tables.length > 1 && model.countTokens(text) > room) continue
    return { prompt: text, kind, format, tables: offered.tables, topic }
  }
}

async function askOnce(
  { model, calls, journal, maxTokens, onSkipped }: ModelWriting,
  { prompt, kind, format }: AskedFor,
  drawing: Pick<Parameters<LanguageModel['complete']>[0], 'sampling' | 'signal'>,
): Promise<readonly WrittenPair[]> {
  const { shape, grammar } = format
  const asked = await calls.ask(model, { prompt, shape, grammar, maxTokens, ...drawing }, journal)
  if (!asked.ok) {
    if (asked.why === 'failed') onSkipped(asked.message)
    return []
  }
  const { pairs, problems } = readPairs(asked.text, asked.cut, kind)
  for (const problem of problems) onSkipped(problem)
  return pairs
}

/**
 * The parts for training and validation share no template: with SQL its skeleton is one, else the tables and what is asked
 * of them. Undefined for an answer about nothing that was shown.
 */
function draftOf(
  { question, sql, answer = '' }: WrittenPair,
  { tables, topic }: AskedFor,
): Draft | undefined {
  if (sql !== undefined) return { template: skeletonOf(sql), question, sql }
  const named = tables.filter(({ name }) => answer.includes(name))
  const spoken = tables.filter(({ columns }) => columns.some(({ name }) => answer.includes(name)))
  const about = (named.length > 0 ? named : spoken).map(({ name }) => name)
  if (about.length === 0) return undefined
  return { template: `${topic}: ${about.join(', ')}`, question, answer, tables: about }
}
