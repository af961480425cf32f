/** Turns the graph's final state into the Answer every door returns. */
import { createHash } from 'node:crypto'
import type { Answer, Provenance, TraceStep } from '../agents/answer.js'
import type { State } from '../agents/state.js'

export interface AnswerFacts {
  readonly id: string
  readonly conversationId: string
  readonly totalMs: number
  readonly dialect: string
}

export function buildAnswer(state: State, facts: AnswerFacts): Answer {
  const { failure, clarification } = state
  const base = {
    id: facts.id,
    conversationId: facts.conversationId,
    question: state.question,
    rewrittenQuestion: state.rewrittenQuestion,
    intent: state.intent ?? 'unclear',
    suggestions: state.suggestions ?? [],
    warnings: state.warnings,
    trace: state.trace,
    timings: timingsOf(state.trace, facts.totalMs),
  }
  if (failure) {
    return {
      ...base,
      ok: false,
      error: failure,
      sql: state.sql,
      provenance: provenanceOf(state),
    }
  }
  const empty = {
    columns: [],
    rows: [],
    rowCount: 0,
    truncated: false,
    explanation: [],
    textCells: [],
    chartKinds: [],
  }
  if (clarification) {
    const text = clarification.question
    return {
      ...base,
      ...empty,
      ok: true,
      kind: 'clarification',
      text,
      clarification,
      entities: state.entities,
    }
  }
  if (state.reply) return { ...base, ...empty, ok: true, kind: 'text', text: state.reply.text }
  return {
    ...base,
    ...empty,
    ...dataParts(state, facts),
    ok: true,
    kind: 'data',
    text: state.text ?? '',
  }
}

function dataParts(state: State, facts: AnswerFacts) {
  const { result, drawing, generation, sql, explanation, confidence, entities } = state
  const { columnReadings = [] } = state
  return {
    ...(result && {
      columns: result.columns,
      rows: result.rows,
      rowCount: result.rowCount,
      truncated: result.truncated,
    }),
    entities,
    sql,
    dialect: facts.dialect,
    figure: drawing?.figure,
    chartKind: drawing?.kind,
    chartKinds: drawing?.kinds ?? [],
    textCells: state.textCells ?? [],
    explanation: explanation ?? [],
    ...(columnReadings.length > 0 && { columnReadings }),
    confidence,
    generator: generation?.generator,
    provenance: provenanceOf(state),
  }
}

function approvedPairOf({ approved }: State): Provenance['approvedPair'] {
  return (
    approved && {
      id: approved.id,
      approvedBy: approved.approvedBy,
      approvedAt: approved.approvedAt,
    }
  )
}

function timingsOf(trace: readonly TraceStep[], totalMs: number): Readonly<Record<string, number>> {
  const timings: Record<string, number> = {}
  for (const { node, elapsedMs } of trace) timings[node] = (timings[node] ?? 0) + elapsedMs
  return { ...timings, total: totalMs }
}

function provenanceOf(state: State): Provenance {
  const documents = (state.context?.documents ?? []).map(({ id, distance, score }) => ({
    id,
    distance,
    score,
  }))
  const dataVersion = state.catalog?.version ?? 'unknown'
  const generator = state.generation?.generator ?? state.options.generator
  const model = state.generation?.model
  const identity = { generator, model, dataVersion, documents: documents.map(({ id }) => id) }
  return {
    fingerprint: createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16),
    dataVersion,
    model,
    documents,
    valueLinks: (state.entities?.filters ?? []).flatMap(({ column, values, phrase }) =>
      values.map((value) => ({
        phrase,
        column: `${column.table}.${column.column}`,
        value: String(value),
      })),
    ),
    approvedPair: generator === 'approved' ? approvedPairOf(state) : undefined,
    attempts: state.attempts,
    reason: state.generation?.reason ?? '',
  }
}
