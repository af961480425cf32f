/** The log of a training run, line by line as `models/training` writes it; the last line of a step counts. */
import { z } from 'zod'

/** Points of a curve; a longer run is drawn by the mean of neighbours. */
const maxPoints = 1_000
const maxLength = 500
const maxSettings = 60

const text = z.string().transform((value) => value.slice(0, maxLength))
const count = z.number().int().nonnegative()

const runLine = z.object({
  kind: z.literal('run'),
  at: z.iso.datetime({ offset: true }),
  base: z.object({ name: text }),
  /** In all. */
  steps: count,
  files: z.array(text).optional(),
  dataSets: z.array(text).optional(),
  startedFrom: z.object({ name: text }).optional(),
  settings: z.record(z.string(), z.unknown()),
})
const stepLine = z.object({
  kind: z.literal('step'),
  step: count,
  /** Of a target token, in nats. */
  loss: z.number(),
  learningRate: z.number(),
  /** Read in this step, by all processes. */
  tokens: count,
  seconds: z.number().nonnegative(),
})
const validationLine = z.object({
  kind: z.literal('validation'),
  step: count,
  loss: z.number(),
  /** Rows that greedy decoding would write exactly, 0 to 1. */
  exact: z.number().min(0).max(1),
})
const lineSchema = z.discriminatedUnion('kind', [runLine, stepLine, validationLine])

type Step = Omit<z.infer<typeof stepLine>, 'kind'>
export type TrainingPoint = Step
export type ValidationPoint = Omit<z.infer<typeof validationLine>, 'kind'>

export interface TrainingSummary {
  readonly kind: 'training'
  /** When it was begun, or gone on with, in ISO form. */
  readonly at: string
  readonly base: string
  /** Done, and in all. */
  readonly step: number
  readonly steps: number
  /** The last one. */
  readonly validation?: ValidationPoint
}

export interface TrainingDetail extends TrainingSummary {
  /** By step. `tokens` and `seconds` are those of all steps that a point stands for. */
  readonly points: readonly TrainingPoint[]
  readonly validations: readonly ValidationPoint[]
  readonly tokens: number
  readonly seconds: number
  readonly files: readonly string[]
  readonly dataSets: readonly string[]
  readonly startedFrom?: string
  /** As they stand in the configuration, written out. */
  readonly settings: Readonly<Record<string, string>>
}

/** Undefined for what is no such log. A line that is cut is passed over. */
export function readTrainingLog(lines: string): TrainingDetail | undefined {
  const steps = new Map<number, Step>()
  const validations = new Map<number, ValidationPoint>()
  let run: z.infer<typeof runLine> | undefined
  for (const line of lines.split('\n')) {
    const parsed = lineSchema.safeParse(parse(line))
    if (!parsed.success) continue
    const { data } = parsed
    if (data.kind === 'run') run = data
    else if (data.kind === 'step') steps.set(data.step, pointOf(data))
    else validations.set(data.step, { step: data.step, loss: data.loss, exact: data.exact })
  }
  return run && detailOf(run, inOrder(steps), inOrder(validations))
}

export function trainingSummaryOf(detail: TrainingDetail): TrainingSummary {
  const { kind, at, base, step, steps, validation } = detail
  return { kind, at, base, step, steps, validation }
}

function detailOf(
  run: z.infer<typeof runLine>,
  all: readonly Step[],
  validations: readonly ValidationPoint[],
): TrainingDetail {
  return {
    kind: 'training',
    at: run.at,
    base: run.base.name,
    step: all.at(-1)?.step ?? 0,
    steps: run.steps,
    validation: validations.at(-1),
    points: thinned(all),
    validations,
    tokens: sum(all.map(({ tokens }) => tokens)),
    seconds: sum(all.map(({ seconds }) => seconds)),
    files: run.files ?? [],
    dataSets: run.dataSets ?? [],
    startedFrom: run.startedFrom?.name,
    settings: Object.fromEntries(Object.entries(run.settings).slice(0, maxSettings).map(written)),
  }
}

function pointOf({ step, loss, learningRate, tokens, seconds }: Step): Step {
  return { step, loss, learningRate, tokens, seconds }
}

function written([name, value]: readonly [string, unknown]): readonly [string, string] {
  const words = Array.isArray(value) ? value.join(', ') : String(value)
  return [name.slice(0, maxLength), words.slice(0, maxLength)]
}

function inOrder<Point extends { readonly step: number }>(points: ReadonlyMap<number, Point>) {
  return [...points.values()].sort((left, right) => left.step - right.step)
}

/** Neighbours become one point, at the step of the last of them. */
function thinned(steps: readonly Step[]): readonly Step[] {
  const size = Math.ceil(steps.length / maxPoints)
  if (size <= 1) return steps
  const groups = Array.from({ length: Math.ceil(steps.length / size) }, (_, at) =>
    steps.slice(at * size, (at + 1) * size),
  )
  return groups.flatMap((group) => {
    const last = group.at(-1)
    if (!last) return []
    const loss = sum(group.map((step) => step.loss)) / group.length
    const tokens = sum(group.map((step) => step.tokens))
    return [{ ...last, loss, tokens, seconds: sum(group.map((step) => step.seconds)) }]
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
