/** Has a generator wait for the model's turn, and ends what takes too long. */
import type { Generation, GenerationRequest, SqlGenerator } from '../agents/sql-generator.js'
import type { ModelQueue, QueueRefusal } from './model-queue.js'

type Refused = Generation & { readonly ok: false }

/** From being told to stop, for what the model has begun to read. */
const stoppingMs = 5_000

export interface QueuedModel {
  /** How users know it, such as “local model”. */
  readonly title: string
  /** Of one question's turn. */
  readonly modelMs: number
}

export function queueGenerator(
  generator: SqlGenerator,
  queue: ModelQueue,
  queued: QueuedModel,
): SqlGenerator {
  return {
    ...generator,
    generate: async (request) => {
      if (!generator.status().ready) return generator.generate(request)
      const { user, signal, onPlace } = request
      const entry = await queue.enter({ user, signal, onPlace })
      if (!entry.ok) {
        const { code, message } = refusals[entry.reason]
        const said = message(queued.title)
        return { ...refuse(generator, code, said), retryAfterSeconds: entry.retryAfterSeconds }
      }
      const work = new AbortController()
      const signals = signal ? [work.signal, signal] : [work.signal]
      const generate = async () => {
        onPlace?.(0)
        return generator.generate({ ...request, signal: AbortSignal.any(signals) })
      }
      const generating = generate()
      // The model is free when it has really stopped, whatever this question was told before.
      generating.then(entry.leave, entry.leave)
      return withinTime(generating, request, work, { ...queued, generator })
    },
  }
}

async function withinTime(
  generating: Promise<Generation>,
  { signal }: GenerationRequest,
  work: AbortController,
  { generator, title, modelMs }: QueuedModel & { readonly generator: SqlGenerator },
): Promise<Generation> {
  const message = `The ${title} did not finish within ${modelMs / 1000} s.`
  const outOfTime = refuse(generator, 'deadline', message)
  let timer: NodeJS.Timeout | undefined
  const givenUp = new Promise<Refused>((resolve) => {
    timer = setTimeout(() => {
      work.abort()
      timer = setTimeout(() => resolve(outOfTime), stoppingMs)
    }, modelMs)
  })
  try {
    const generation = await Promise.race([generating, givenUp])
    const isLate = work.signal.aborted && signal?.aborted !== true
    return isLate && !generation.ok ? outOfTime : generation
  } finally {
    clearTimeout(timer)
  }
}

const refusals: Readonly<
  Record<QueueRefusal, { readonly code: Refused['code']; message(title: string): string }>
> = {
  own_full: {
    code: 'rate_limited',
    message: () => 'Questions of this key fill their half of the queue.',
  },
  full: { code: 'busy', message: (title) => `Too many questions wait for the ${title}.` },
  waited: { code: 'busy', message: (title) => `The ${title} did not become free in time.` },
  cancelled: { code: 'cancelled', message: () => 'The question was cancelled.' },
}

function refuse({ name }: SqlGenerator, code: Refused['code'], message: string): Refused {
  const hints = code === 'cancelled' ? [] : ['Ask again later, or choose the rules generator.']
  return { ok: false, generator: name, code, message, hints }
}
