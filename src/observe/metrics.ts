/** What /metrics tells, in the text format of Prometheus. No label holds a question, SQL, a name or a value of the data. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { engineProcessEvents } from '../../data/engine-process/engine-process.js'
import { attemptsOf, type Observer, outcomeOf, type WatchedQuestion } from './observer.js'

/** Seconds: rules answer in hundredths, a model in seconds, and a question may take two minutes. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

export interface ServedRequest {
  readonly method: string
  /** The route's pattern, such as `/api/v1/chat/:id`, never the address itself. */
  readonly route: string
  readonly status: number
  readonly seconds: number
  /** Of the error that was answered. */
  readonly code?: string
  /** The id of the answer or card whose SQL ran again. */
  readonly subject?: string
}

/** A figure that is looked up when somebody asks for it. */
export interface LiveFigure {
  readonly name: string
  readonly help: string
  read(): number
}

export interface LabelledCount {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Counts that only grow, by their labels; looked up when somebody asks for them. */
export interface LiveCounts {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
  read(): readonly LabelledCount[]
}

export interface Metrics extends Observer {
  served(request: ServedRequest): void
  /** Questions that were refused at once, before they became requests of the application. */
  shed(refused: Omit<ServedRequest, 'seconds'>, count: number): void
  /** Adds a figure of another part. */
  watch(figure: LiveFigure): void
  watchCounts(counts: LiveCounts): void
  readonly contentType: string
  text(): Promise<string>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const stopCounting = countProcesses(registry)
  const questions = questionMetrics(registry)
  const requests = requestMetrics(registry)
  return {
    asked: () => questions.underWay.inc(),
    answered: (watched) => recordQuestion(questions, watched),
    served: ({ method, route, status, seconds, code }) => {
      requests.total.inc({ method, route, status })
      requests.seconds.observe({ route }, seconds)
      if (code !== undefined) questions.refusals.inc({ at: 'door', code })
    },
    shed: ({ method, route, status, code }, count) => {
      requests.total.inc({ method, route, status }, count)
      questions.refusals.inc({ at: 'door', code }, count)
    },
    watch: ({ name, help, read }) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: () => gauge.set(read()),
      })
    },
    watchCounts: ({ name, help, labelNames, read }) => {
      const counter: Counter = new Counter({
        name,
        help,
        labelNames: [...labelNames],
        registers: [registry],
        collect: () => {
          counter.reset()
          for (const { labels, value } of read()) counter.inc({ ...labels }, value)
        },
      })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: async () => {
      stopCounting()
      registry.clear()
    },
  }
}

type QuestionMetrics = ReturnType<typeof questionMetrics>

function questionMetrics(registry: Registry) {
  const registers = [registry]
  return {
    total: new Counter({
      name: 'parley_questions_total',
      help: 'Questions by what wrote their SQL and what became of them.',
      labelNames: ['generator', 'outcome'],
      registers,
    }),
    underWay: new Gauge({
      name: 'parley_questions_under_way',
      help: 'Questions that have begun and not ended.',
      registers,
    }),
    seconds: new Histogram({
      name: 'parley_question_seconds',
      help: 'Time from a question to its answer, waiting included.',
      labelNames: ['ok'],
      buckets,
      registers,
    }),
    stages: new Histogram({
      name: 'parley_stage_seconds',
      help: 'Time of each step of the graph.',
      labelNames: ['stage'],
      buckets,
      registers,
    }),
    tries: new Counter({
      name: 'parley_sql_tries_total',
      help: 'SQL that was checked and run, by how that ended.',
      labelNames: ['result'],
      registers,
    }),
    refusals: new Counter({
      name: 'parley_refusals_total',
      help: 'Questions without an answer, and requests refused at the door, by code.',
      labelNames: ['at', 'code'],
      registers,
    }),
    approved: new Counter({
      name: 'parley_approved_pair_lookups_total',
      help: 'Answers from data, by whether an approved pair gave the SQL.',
      labelNames: ['result'],
      registers,
    }),
    tokens: new Counter({
      name: 'parley_model_tokens_total',
      help: 'Tokens that the model wrote.',
      registers,
    }),
  }
}

/** Counts the processes that run queries, of all databases that are open; gives what stops it. */
function countProcesses(registry: Registry): () => void {
  const registers = [registry]
  const alive = new Gauge({
    name: 'parley_query_processes',
    help: 'Processes that run queries.',
    registers,
  })
  const ends = new Counter({
    name: 'parley_query_process_ends_total',
    help: 'Processes that ended: closed by the service, by themselves, or killed by a limit.',
    labelNames: ['how'],
    registers,
  })
  const count = (message: unknown) => {
    if (message === 'started') return alive.inc()
    alive.dec()
    ends.inc({ how: String(message) })
  }
  engineProcessEvents.subscribe(count)
  return () => engineProcessEvents.unsubscribe(count)
}

function requestMetrics(registry: Registry) {
  const registers = [registry]
  return {
    total: new Counter({
      name: 'parley_http_requests_total',
      help: 'Requests by route and status.',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    seconds: new Histogram({
      name: 'parley_http_request_seconds',
      help: 'Time from a request to the end of its response.',
      labelNames: ['route'],
      buckets,
      registers,
    }),
  }
}

function recordQuestion(metrics: QuestionMetrics, watched: WatchedQuestion): void {
  const { answer, startedAt, endedAt, steps, tokens } = watched
  const outcome = outcomeOf(watched)
  const ok = answer?.ok === true
  const generator = (answer?.ok && answer.generator) || 'none'
  metrics.underWay.dec()
  metrics.total.inc({ generator, outcome })
  metrics.seconds.observe({ ok: String(ok) }, (endedAt - startedAt) / 1000)
  for (const { step } of steps) metrics.stages.observe({ stage: step.node }, step.elapsedMs / 1000)
  for (const { failure } of attemptsOf(answer)) {
    metrics.tries.inc({ result: failure?.code ?? 'ok' })
  }
  if (outcome === 'data') {
    metrics.approved.inc({ result: generator === 'approved' ? 'hit' : 'miss' })
  }
  if (!ok) metrics.refusals.inc({ at: 'question', code: outcome })
  if (tokens > 0) metrics.tokens.inc(tokens)
}
