/** Wraps a node's work so that each run adds one trace step and tells listeners as it happens. */
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import type { Phase, TraceStep } from './answer.js'
import type { AnswerEvent } from './answer-event.js'
import type { State, Update } from './state.js'

export interface NodeResult {
  readonly update: Update
  /** One plain sentence on what the step found. */
  readonly summary: string
  readonly details?: Readonly<Record<string, unknown>>
}

export interface NodeContext {
  readonly signal?: AbortSignal
  emit(event: AnswerEvent): void
}

export type NodeWork = (state: State, context: NodeContext) => Promise<NodeResult> | NodeResult

const phaseMessages: Readonly<Record<Phase, string>> = {
  understanding: 'Reading the question',
  searching: 'Searching the knowledge base',
  planning: 'Planning',
  generating: 'Writing SQL',
  correcting: 'Correcting the SQL',
  executing: 'Running the SQL',
  charting: 'Drawing the answer',
}

export function traced(node: string, phase: Phase, work: NodeWork) {
  return async (state: State, config: LangGraphRunnableConfig): Promise<Update> => {
    const emit = (event: AnswerEvent) => config.writer?.(event)
    const actual = phase === 'generating' && state.attempts.length > 0 ? 'correcting' : phase
    emit({ type: 'state', state: actual, message: phaseMessages[actual] })
    const started = performance.now()
    const { update, summary, details } = await work(state, { signal: config.signal, emit })
    const elapsedMs = performance.now() - started
    const step: TraceStep = { node, phase: actual, elapsedMs, summary, details }
    emit({ type: 'state', state: actual, message: summary, step })
    // A step may begin another question: what it asks of the trace stays.
    return { ...update, trace: { ...update.trace, steps: [step] } }
  }
}
