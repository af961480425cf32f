/** Asks models within the budget, remembers what they answered, and knows when asking has no use any more. */
import { createHash } from 'node:crypto'
import type { CompletionRequest, LanguageModel, Sampling } from '../../../models/language-model.js'
import { ModelCallError } from '../../../models/model-call-error.js'
import type { Ended } from '../pair-writer.js'
import type { RunLog } from '../run-log.js'
import type { AnswerJournal } from './answer-journal.js'
import type { Budget } from './budget.js'

export type Asked =
  | { readonly ok: true; readonly text: string; readonly cut: boolean }
  /** `ended`: nobody need be asked again. */
  | { readonly ok: false; readonly why: 'failed' | 'ended'; readonly message: string }

export interface ModelCalls {
  /** Rejects with the signal's reason, and with mistakes of our own. */
  ask(model: LanguageModel, request: CompletionRequest, journal: AnswerJournal): Promise<Asked>
  ended(): Ended | undefined
}

export interface ModelCallsOptions {
  readonly budget: Budget
  readonly log: RunLog
  /** Called every second while a model is being asked, and when it has answered. */
  readonly onActivity?: (activity: string) => void
}

/** One call after the other that fails for a while; then the server is taken to be away. */
const mostFailures = 3
const heartbeatMs = 1_000
const secondTemperature = 0.5
const budgetEnded =
  'The budget is spent. What was written stays; --resume with a larger one goes on.'

export function createModelCalls({ budget, log, onActivity }: ModelCallsOptions): ModelCalls {
  let failures = 0
  let gone: string | undefined
  const activity = followActivity(budget, onActivity)
  const fail = (error: ModelCallError | RangeError): Asked => {
    failures++
    const { message } = error
    log.write('model_failed', { message })
    const isLasting = error instanceof ModelCallError && error.isLasting
    if (isLasting || failures >= mostFailures) gone ??= message
    return { ok: false, why: gone === undefined ? 'failed' : 'ended', message }
  }
  const ended = (): Ended | undefined => {
    if (gone !== undefined) {
      const message = `The model cannot be asked any more: ${gone} What was written stays; --resume goes on.`
      return { why: 'model', message }
    }
    return budget.isSpent() ? { why: 'budget', message: budgetEnded } : undefined
  }
  return {
    ended,
    ask: async (model, request, journal) => {
      const key = keyOf(model, request)
      const known = journal.find(key)
      if (known) return { ok: true, text: known.text, cut: known.cut }
      request.signal?.throwIfAborted()
      const before = ended()
      if (before) return { ok: false, why: 'ended', message: before.message }
      try {
        const answered = await answerWithin({ budget, log, activity }, model, request)
        if (!answered) return { ok: false, why: 'ended', message: budgetEnded }
        failures = 0
        await journal.append({ key, model: model.name, ...answered })
        return { ok: true, text: answered.text, cut: answered.cut }
      } catch (error) {
        if (error instanceof ModelCallError || error instanceof RangeError) return fail(error)
        throw error
      }
    },
  }
}

/** Undefined where the budget does not cover it. */
async function answerWithin(
  {
    budget,
    log,
    activity,
  }: Pick<ModelCallsOptions, 'budget' | 'log'> & {
    readonly activity: ReturnType<typeof followActivity>
  },
  model: LanguageModel,
  request: CompletionRequest,
) {
  const most = { input: model.countTokens(request.prompt), output: request.maxTokens }
  const reservation = await budget.reserve(model.name, most)
  if (!reservation) return undefined
  let used = { input: 0, output: 0 }
  let calls = 0
  const done = activity.begin()
  try {
    const { text, cut, tokens, promptTokens, elapsedMs } = await model.complete(request)
    calls = 1
    used = { input: promptTokens ?? most.input, output: tokens }
    log.write('model_answered', { model: model.name, ...used, ms: Math.round(elapsedMs), cut })
    return { text, cut, ...used }
  } finally {
    reservation.settle(used, calls)
    done()
  }
}

/** The likeliest text the first time where `temperature` is 0; asked again, it would be the same. */
export function samplingFor(
  temperature: number,
  { seed, tries }: { readonly seed: number; readonly tries: number },
): Sampling | undefined {
  const drawing = tries === 0 ? temperature : Math.max(temperature, secondTemperature)
  return drawing === 0 ? undefined : { temperature: drawing, seed }
}

/** Equal for what can be answered alike; a server that has moved is the same. */
function keyOf(
  model: LanguageModel,
  { prompt, shape, maxTokens, sampling }: CompletionRequest,
): string {
  const asked = [model.name, prompt, shape?.name, maxTokens, sampling]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

/** One clock for all calls; it stands still while there are none. */
function followActivity(budget: Budget, onActivity: ModelCallsOptions['onActivity']) {
  let open = 0
  let clock: NodeJS.Timeout | undefined
  const tell = () => {
    const all = budget.usage()
    const tokens = all.reduce((sum, { input, output }) => sum + input + output, 0)
    const calls = all.reduce((sum, each) => sum + each.calls, 0)
    onActivity?.(`${calls} answers, ${tokens.toLocaleString('en')} tokens, ${open} asked`)
  }
  return {
    begin: () => {
      open++
      clock ??= setInterval(tell, heartbeatMs)
      return () => {
        open--
        if (open > 0) return
        clearInterval(clock)
        clock = undefined
        tell()
      }
    },
  }
}
