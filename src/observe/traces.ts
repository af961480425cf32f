/** Traces for OpenTelemetry: one for each question, a span for each step. Loaded only where a collector is set. */
import type { Span, Tracer } from '@opentelemetry/api'
import { type Observer, outcomeOf, type WatchedQuestion } from './observer.js'

export interface TraceOptions {
  /** Base address of a collector that speaks OTLP over HTTP; traces go to `v1/traces` below it. */
  readonly endpoint: string
  readonly version: string
  /** Tells the question and its SQL too: for debugging, since whoever reads traces would read them. */
  readonly tellsContents: boolean
}

/** A collector that does not answer is not waited for any longer, not even when the service stops. */
const timeoutMillis = 3_000

/** Nothing is sent but to `endpoint`, and nothing is registered for other libraries to write into. */
export async function openTraces(options: TraceOptions): Promise<Observer> {
  const [api, sdk, otlp, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({
      'service.name': 'parley',
      'service.version': options.version,
    }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new otlp.OTLPTraceExporter({ url, timeoutMillis })),
    ],
  })
  const tracer = provider.getTracer('parley', options.version)
  const childOf = (span: Span) => api.trace.setSpan(api.ROOT_CONTEXT, span)
  return {
    answered: (watched) => {
      const root = questionSpan(tracer, watched, options, api.SpanStatusCode.ERROR)
      for (const { step, endedAt } of watched.steps) {
        const attributes = { 'parley.phase': step.phase }
        const startTime = endedAt - step.elapsedMs
        tracer.startSpan(step.node, { startTime, attributes }, childOf(root)).end(endedAt)
      }
      root.end(watched.endedAt)
    },
    // A collector that is away must not keep the service from stopping.
    close: () => provider.shutdown().catch(() => {}),
  }
}

function questionSpan(
  tracer: Tracer,
  watched: WatchedQuestion,
  { tellsContents }: TraceOptions,
  errorStatus: number,
): Span {
  const { answer, question, dataset, askedBy, startedAt, tokens } = watched
  const outcome = outcomeOf(watched)
  const span = tracer.startSpan('question', {
    startTime: startedAt,
    root: true,
    attributes: {
      'parley.dataset': dataset,
      'parley.outcome': outcome,
      'parley.tokens': tokens,
      ...(answer && { 'parley.answer_id': answer.id, 'parley.intent': answer.intent }),
      ...(askedBy && { 'parley.request_id': askedBy.requestId }),
      ...(answer?.ok && {
        'parley.rows': answer.rowCount,
        ...(answer.generator && { 'parley.generator': answer.generator }),
      }),
      ...(tellsContents && { 'parley.question': question, 'parley.sql': answer?.sql ?? '' }),
    },
  })
  if (!answer?.ok) span.setStatus({ code: errorStatus, message: outcome })
  return span
}
