/** Has a model judge a pair: whether it answers its question, and what would where it does not. */
import type { LanguageModel } from '../../../models/language-model.js'
import type { Catalog } from '../../catalog.js'
import { seedOf } from '../../random.js'
import type { Ended } from '../pair-writer.js'
import { verdictFormat } from './answer-format.js'
import type { AnswerJournal } from './answer-journal.js'
import { type ModelCalls, samplingFor } from './ask-models.js'
import { offer } from './choose-tables.js'
import type { Prompt } from './prompt-template.js'
import { type CriticVariables, pairText, schemaVariables } from './prompt-variables.js'
import { readVerdict, type Verdict } from './read-answer.js'

export interface Judged {
  readonly question: string
  readonly sql?: string
  readonly answer?: string
  readonly tables: readonly string[]
  /** Why it cannot be used. */
  readonly problem?: string
}

export interface Critic {
  readonly name: string
  /** Most repairs of one pair. */
  readonly repairs: number
  /** 0 to 1. */
  readonly leastScore: number
  /** A text says why there is no verdict; undefined that nobody is asked any more. */
  judge(judged: Judged, signal: AbortSignal): Promise<Verdict | string | undefined>
  /** Why nobody is asked any more. */
  ended(): Ended | undefined
}

export interface CriticOptions {
  /** Without what the critic may not be told. */
  readonly catalog: Catalog
  readonly model: LanguageModel
  readonly calls: ModelCalls
  readonly journal: AnswerJournal
  readonly prompt: Prompt<CriticVariables>
  readonly temperature: number
  readonly maxTokens: number
  readonly repairs: number
  readonly leastScore: number
  readonly tellsValues: boolean
}

/** Answers asked for until one can be read. */
const triesPerVerdict = 2
/** Tables shown where it is not known which of them are meant. */
const mostTables = 8

export function createCritic(options: CriticOptions): Critic {
  const { model, calls, journal, temperature, maxTokens, repairs, leastScore } = options
  return {
    name: model.name,
    repairs,
    leastScore,
    ended: calls.ended,
    judge: async (judged, signal) => {
      const { prompt, shape, grammar } = askedFor(options, judged)
      for (let tries = 0; tries < triesPerVerdict; tries++) {
        const seed = seedOf(`${prompt}:${tries}`)
        const sampling = samplingFor(temperature, { seed, tries })
        const request = { prompt, shape, grammar, maxTokens, sampling, signal }
        const asked = await calls.ask(model, request, journal)
        if (!asked.ok) return asked.why === 'ended' ? undefined : asked.message
        const verdict = readVerdict(asked.text)
        if (verdict) return verdict
      }
      return 'the critic gave no verdict'
    },
  }
}

/** The tables that the pair reads and, from one that cannot be read, all that there is room for. */
function askedFor(
  { catalog, model, prompt, maxTokens, tellsValues }: CriticOptions,
  judged: Judged,
) {
  const { question, sql = '', answer = '', tables, problem = '' } = judged
  const named = catalog.tables.filter(({ name }) => tables.includes(name))
  const wanted = named.length > 0 ? named : catalog.tables.slice(0, mostTables)
  const room = (model.contextSize ?? Number.POSITIVE_INFINITY) - maxTokens
  for (let shown = wanted; ; shown = shown.slice(0, -1)) {
    const offered = offer(catalog, shown)
    const format = verdictFormat(sql === '' ? undefined : offered)
    const text = prompt.render({
      ...schemaVariables(offered, { tellsValues }),
      pair: pairText({ question, sql, answer, problem }),
      format: format.text,
    })
    if (shown.length > 1 && model.countTokens(text) > room) continue
    return { prompt: text, shape: format.shape, grammar: format.grammar }
  }
}
