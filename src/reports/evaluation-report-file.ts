/** What `parley evaluate` wrote, read again and checked: a file may be cut, old, or somebody else's. */
import { basename } from 'node:path'
import { z } from 'zod'
import type { Tallies, Tally } from '../../data/evaluation/tally.js'

/** Most that is shown of each: bars of a picture, wrong answers, and characters of a text. */
const maxBars = 60
const maxWrong = 200
const maxLength = 4_000

const text = z.string().transform((value) => value.slice(0, maxLength))
const share = z.number().min(0).max(1)
const count = z.number().int().nonnegative()
const tally = z.object({
  right: count,
  total: count,
  share,
  interval: z.object({ low: share, high: share }),
})
const tallies = z.record(z.string(), tally).optional()

const itemSchema = z.object({
  id: text,
  question: text,
  verdict: text,
  errorKind: text.optional(),
  reason: text.optional(),
  database: text.optional(),
  predictedSql: text.optional(),
  goldSql: text.optional(),
  elapsedMs: z.number().nonnegative(),
})

const fileSchema = tally.extend({
  at: z.iso.datetime(),
  file: text,
  generator: text,
  rules: text,
  model: text.optional(),
  parameters: count.optional(),
  levers: text.optional(),
  version: text.optional(),
  commit: text.optional(),
  unjudged: count.optional(),
  spider: tally.optional(),
  bird: tally.optional(),
  testSuite: tally.optional(),
  withTies: tally.optional(),
  withExtraColumns: tally.optional(),
  byHardness: tallies,
  byIntent: tallies,
  byExpects: tallies,
  byDatabase: tallies,
  byGenerator: tallies,
  errorKinds: tallies,
  answered: tally.optional(),
  validSql: tally.optional(),
  boundStatements: tally.optional(),
  falseAnswers: tally.optional(),
  rightQuestionsBack: tally.optional(),
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  items: z.array(itemSchema),
})

type EvaluationFile = z.infer<typeof fileSchema>

/** What bars are drawn of. */
export type BarGroup =
  | 'accuracy'
  | 'hardness'
  | 'intent'
  | 'expected'
  | 'database'
  | 'generator'
  | 'errors'
  | 'soundness'

export interface EvaluationSummary {
  readonly kind: 'evaluation'
  /** When it ended, in ISO form. */
  readonly at: string
  /** Name of the questions file. */
  readonly questions: string
  readonly generator: string
  readonly model?: string
  readonly result: Tally
}

export interface WrongAnswer extends Omit<z.infer<typeof itemSchema>, 'elapsedMs'> {}

export interface EvaluationDetail extends EvaluationSummary {
  readonly rules: string
  readonly parameters?: number
  readonly levers?: string
  readonly version?: string
  readonly commit?: string
  readonly unjudged: number
  /** Only groups that tell something apart. */
  readonly bars: Readonly<Partial<Record<BarGroup, Tallies>>>
  readonly p50Ms?: number
  readonly p95Ms?: number
  /** Of each question that was asked, in milliseconds. */
  readonly times: readonly number[]
  /** Of each question that was judged, for the comparison of two runs. */
  readonly verdicts: readonly { readonly id: string; readonly isRight: boolean }[]
  readonly wrong: readonly WrongAnswer[]
  /** All of them; `wrong` may be fewer. */
  readonly wrongCount: number
}

/** Undefined for what is no report. */
export function readEvaluationReport(json: string): EvaluationDetail | undefined {
  const parsed = fileSchema.safeParse(parse(json))
  return parsed.success ? detailOf(parsed.data) : undefined
}

export function summaryOf(detail: EvaluationDetail): EvaluationSummary {
  const { kind, at, questions, generator, model, result } = detail
  return { kind, at, questions, generator, model, result }
}

function detailOf(file: EvaluationFile): EvaluationDetail {
  const { right, total, share, interval, items } = file
  const judged = items.filter(({ verdict }) => verdict !== 'unjudged')
  const wrong = judged.filter(({ verdict }) => verdict !== 'right')
  return {
    kind: 'evaluation',
    at: file.at,
    questions: basename(file.file),
    // Predictions that were scored are named by their file.
    generator: basename(file.generator),
    ...(file.model !== undefined && { model: file.model.split(' + ').map(nameOf).join(' + ') }),
    result: { right, total, share, interval },
    rules: file.rules,
    parameters: file.parameters,
    levers: file.levers,
    version: file.version,
    commit: file.commit,
    unjudged: file.unjudged ?? 0,
    bars: barsOf(file),
    p50Ms: file.p50Ms,
    p95Ms: file.p95Ms,
    times: judged.map(({ elapsedMs }) => elapsedMs).filter((time) => time > 0),
    verdicts: judged.map(({ id, verdict }) => ({ id, isRight: verdict === 'right' })),
    wrong: wrong.slice(0, maxWrong).map(({ elapsedMs: _elapsed, ...item }) => item),
    wrongCount: wrong.length,
  }
}

function nameOf(path: string): string {
  return basename(path)
}

function barsOf(file: EvaluationFile): EvaluationDetail['bars'] {
  const { spider, bird, testSuite, withTies, withExtraColumns } = file
  const { answered, validSql, boundStatements, falseAnswers, rightQuestionsBack } = file
  const groups: Record<BarGroup, Tallies> = {
    accuracy: counted({ spider, bird, testSuite, withTies, withExtraColumns }),
    hardness: counted(file.byHardness),
    intent: counted(file.byIntent),
    expected: counted(file.byExpects),
    database: counted(file.byDatabase),
    generator: counted(file.byGenerator),
    errors: counted(file.errorKinds),
    soundness: counted({ answered, validSql, boundStatements, falseAnswers, rightQuestionsBack }),
  }
  const telling = Object.entries(groups).filter(
    ([name, bars]) => Object.keys(bars).length > (name === 'errors' ? 0 : 1),
  )
  return Object.fromEntries(telling)
}

function counted(bars: Readonly<Record<string, Tally | undefined>> = {}): Tallies {
  const entries = Object.entries(bars).flatMap(([name, bar]) =>
    bar && bar.total > 0 ? [[name.slice(0, maxLength), bar] as const] : [],
  )
  return Object.fromEntries(entries.slice(0, maxBars))
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
