/** Asks questions and keeps what each stage of the answers took. */
import type { Answer, GeneratorName } from '../../agents/answer.js'
import { percentile } from '../../data/evaluation/tally.js'
import type { Orchestrator } from '../orchestrator.js'

/** Milliseconds, nearest rank. */
export interface Spread {
  readonly p50: number
  readonly p95: number
}

export interface BenchReport {
  readonly generator: GeneratorName
  readonly questions: number
  readonly answered: number
  readonly total: Spread
  /** By graph node, in the order in which nodes first ran; over the questions that reached the node. */
  readonly stages: readonly (Spread & { readonly stage: string; readonly runs: number })[]
  /** Tokens written per question that asked a model; absent when none did. */
  readonly tokens?: Spread
  readonly rssMegabytes: number
  readonly peakRssMegabytes: number
}

/** Asked before timing starts: the first questions load code, pages and caches. */
const warmUpQuestions = 3

export interface MeasureOptions {
  readonly runs: number
  readonly generator: GeneratorName
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** Asks evenly spread questions, each in a conversation of its own, again from the start when they run out. */
export async function measureAnswers(
  orchestrator: Pick<Orchestrator, 'process'>,
  questions: readonly string[],
  { runs, generator, signal, onProgress }: MeasureOptions,
): Promise<BenchReport> {
  const step = Math.max(1, Math.floor(questions.length / runs))
  const pick = (run: number) => questions[(run * step) % questions.length] ?? ''
  for (let run = 0; run < Math.min(warmUpQuestions, runs) && !signal?.aborted; run += 1) {
    await measureOne(orchestrator, pick(run), generator, signal)
  }
  const answers: Measured[] = []
  for (let run = 0; run < runs && !signal?.aborted; run += 1) {
    const measured = await measureOne(orchestrator, pick(run), generator, signal)
    if (signal?.aborted) break
    answers.push(measured)
    onProgress?.(run + 1, runs)
  }
  return summarise(answers, generator)
}

interface Measured {
  readonly answer: Answer
  readonly tokens: number
}

async function measureOne(
  orchestrator: Pick<Orchestrator, 'process'>,
  question: string,
  generator: GeneratorName,
  signal?: AbortSignal,
): Promise<Measured> {
  let tokens = 0
  const answer = await orchestrator.process(question, {
    generator,
    signal: signal && AbortSignal.any([signal]),
    onEvent: (event) => {
      if (event.type !== 'state' || event.progress?.unit !== 'tokens') return
      tokens = Math.max(tokens, event.progress.done)
    },
  })
  return { answer, tokens }
}

function summarise(measured: readonly Measured[], generator: GeneratorName): BenchReport {
  const timings = measured.map(({ answer }) => answer.timings)
  const stages = [...new Set(timings.flatMap(Object.keys))].filter((stage) => stage !== 'total')
  const tokens = measured.map((one) => one.tokens).filter((count) => count > 0)
  return {
    generator,
    questions: measured.length,
    answered: measured.filter(({ answer }) => answer.ok).length,
    total: spread(timings.map(({ total }) => total ?? 0)),
    stages: stages.map((stage) => {
      const times = timings.flatMap((timing) => timing[stage] ?? [])
      return { stage, runs: times.length, ...spread(times) }
    }),
    ...(tokens.length > 0 ? { tokens: spread(tokens) } : {}),
    rssMegabytes: Math.round(process.memoryUsage().rss / 1e6),
    // The system counts the peak in kibibytes.
    peakRssMegabytes: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
  }
}

function spread(values: readonly number[]): Spread {
  const tenths = (value: number) => Math.round(10 * value) / 10
  return { p50: tenths(percentile(values, 0.5)), p95: tenths(percentile(values, 0.95)) }
}
