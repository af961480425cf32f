/** What one question adds up as it travels the graph, and what a conversation remembers between questions. */
import { ReducedValue, StateSchema, UntrackedValue } from '@langchain/langgraph'
import { z } from 'zod'
import type { Catalog, ColumnReference } from '../data/catalog.js'
import type { QueryFailure, QueryResult } from '../data/database.js'
import type { ColumnSwap } from '../data/join-free/replace-columns.js'
import type { ApprovedPair } from '../data/store/app-store.js'
import type { RetrievedContext } from '../rag/knowledge.js'
import type {
  AnswerError,
  Attempt,
  Clarification,
  Confidence,
  Intent,
  TraceStep,
} from './answer.js'
import type { ChartKind, Figure } from './chart/figure.js'
import type { ColumnReading } from './columns/column-reading.js'
import type { Entities } from './entities/entities.js'
import type { WritingGenerator } from './generator-name.js'
import type { Generation } from './sql-generator.js'
import type { TextCell } from './text/phrase.js'

/** What the caller asked for beside the question. */
export interface QuestionOptions {
  readonly useRag: boolean
  readonly generator: WritingGenerator
  /** False when the asker chose what is to write the SQL. */
  readonly useApproved: boolean
  /** Who asks, where that is known. */
  readonly user?: string
  readonly newTopic: boolean
  readonly asOf?: string
  /** Columns to read in the place of others that the words would be taken for. */
  readonly swaps?: readonly ColumnSwap[]
  /** When the question's time is over, in milliseconds since 1970. */
  readonly endsAt?: number
  /** The question is SQL, whatever it looks like. */
  readonly isSql?: boolean
}

/** What the next question of a conversation may lean on. */
export interface Memory {
  readonly question: string
  /** What the user wrote, from the question that stood alone to the last one that leaned on it. */
  readonly asked?: readonly string[]
  readonly entities: Entities
}

/** An answer in words, found without SQL. */
export interface Reply {
  readonly text: string
  readonly reason: string
}

export interface Drawing {
  readonly kind: ChartKind
  readonly kinds: readonly ChartKind[]
  readonly figure: Figure
}

/** `from` empties the list first: each question has a trace of its own. */
export interface TraceUpdate {
  readonly from?: 'start'
  readonly steps: readonly TraceStep[]
}

const value = <T>() => z.custom<T>(() => true).optional()
/** Rebuilt with every question and possibly large: kept out of the checkpoints. */
const passing = <T>() => new UntrackedValue<T | undefined>(z.custom<T | undefined>(() => true))

export const AnswerState = new StateSchema({
  question: z.string(),
  options: z.custom<QuestionOptions>(() => true),
  rewrittenQuestion: value<string>(),
  intent: value<Intent>(),
  entities: value<Entities>(),
  /** Continues a sentence about the date that relative dates count from. */
  asOfRemark: passing<string>(),
  clarification: value<Clarification>(),
  /** Earlier answers to "which one did you mean?", by lower-case phrase. */
  resolutions: new ReducedValue(
    z.custom<Readonly<Record<string, ColumnReference>>>(() => true).default(() => ({})),
    { reducer: (known, added) => ({ ...known, ...added }) },
  ),
  memory: value<Memory>(),
  catalog: passing<Catalog>(),
  context: passing<RetrievedContext>(),
  reply: passing<Reply>(),
  approved: passing<ApprovedPair>(),
  generation: passing<Generation & { readonly ok: true }>(),
  sql: value<string>(),
  attempts: new ReducedValue(
    z.custom<readonly Attempt[]>(() => true).default(() => []),
    { reducer: (known, added) => (added.length === 0 ? [] : [...known, ...added]) },
  ),
  verdict: passing<QueryFailure | 'accepted'>(),
  result: passing<QueryResult>(),
  failure: passing<AnswerError>(),
  drawing: passing<Drawing>(),
  text: passing<string>(),
  textCells: passing<readonly TextCell[]>(),
  explanation: passing<readonly string[]>(),
  columnReadings: passing<readonly ColumnReading[]>(),
  confidence: passing<Confidence>(),
  suggestions: passing<readonly string[]>(),
  warnings: new ReducedValue(
    z.custom<readonly string[]>(() => true).default(() => []),
    { reducer: (known, added) => (added.length === 0 ? [] : [...known, ...added]) },
  ),
  trace: new ReducedValue(
    z.custom<readonly TraceStep[]>(() => true).default(() => []),
    {
      inputSchema: z.custom<TraceUpdate>(() => true),
      reducer: (known, { from, steps }) => (from === 'start' ? [...steps] : [...known, ...steps]),
    },
  ),
})

export type State = typeof AnswerState.State
export type Update = typeof AnswerState.Update

/** The state a new question starts from: everything of the last one forgotten but memory and resolutions. */
export function freshQuestion(question: string, options: QuestionOptions): Update {
  return {
    question,
    options,
    rewrittenQuestion: undefined,
    intent: undefined,
    entities: undefined,
    asOfRemark: undefined,
    clarification: undefined,
    catalog: undefined,
    context: undefined,
    reply: undefined,
    approved: undefined,
    generation: undefined,
    sql: undefined,
    attempts: [],
    verdict: undefined,
    result: undefined,
    failure: undefined,
    drawing: undefined,
    text: undefined,
    textCells: undefined,
    explanation: undefined,
    columnReadings: undefined,
    confidence: undefined,
    suggestions: undefined,
    warnings: [],
    trace: { from: 'start', steps: [] },
  }
}

/** Beyond this, what was asked first says little about what is meant now. */
const maxAsked = 6

/** What the user wrote: of a follow-up with the questions that it leans on. */
export function askedQuestions({ question, rewrittenQuestion, memory }: State): readonly string[] {
  const before = rewrittenQuestion === undefined ? [] : (memory?.asked ?? [])
  return [...before, question].slice(-maxAsked)
}
