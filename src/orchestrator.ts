/** The port to the product as one object: every door (library, CLI, HTTP, evaluation) calls this and nothing else. */
import type { Answer, GeneratorName } from '../agents/answer.js'
import type { AnswerEvent } from '../agents/answer-event.js'
import type { GeneratorStatus } from '../agents/sql-generator.js'
import type { Catalog } from '../data/catalog.js'
import type { QueryOutcome } from '../data/database.js'
import type { ColumnSwap } from '../data/join-free/replace-columns.js'
import type { Completion, RetrievedDocument } from '../rag/knowledge.js'
import type { ComparisonReport } from './generators/comparison.js'
import type { Handbook } from './handbook.js'
import type { KeptResults } from './kept/kept-results.js'
import type { ExplainedSql } from './look-up.js'
import type { Notebook } from './notebook.js'
import type { PartProgress } from './part-progress.js'
import type { SampleOptions } from './sample-rows.js'

export interface ProcessOptions {
  /** Continues a conversation; a new one is started when absent. */
  readonly conversationId?: string
  /** False skips retrieval: every table is offered to the generator. Default true. */
  readonly useRag?: boolean
  readonly generator?: GeneratorName
  /** Forgets what earlier turns of the conversation asked for. */
  readonly newTopic?: boolean
  /** False leaves no turn: it stands in no conversation, and can be neither judged nor exported. Default true. */
  readonly keep?: boolean
  /** Who asks, where that is known: a user's conversations are never another's. */
  readonly user?: string
  readonly signal?: AbortSignal
  readonly onEvent?: (event: AnswerEvent) => void
  /** The text is SQL to run, and no question: it passes the guard as it is, and nothing is written in its place. */
  readonly isSql?: boolean
  /** ISO date that "last month" counts from; default: the data's newest date. */
  readonly asOf?: string
  /** Columns to read in the place of others, as a correction of an answer; approved SQL is then left aside. */
  readonly swaps?: readonly ColumnSwap[]
}

export interface HealthPart {
  readonly name: 'database' | 'index' | 'embedder' | 'model' | 'conversations' | 'queue'
  readonly state: 'ok' | 'loading' | 'degraded' | 'missing'
  /** One sentence: what it is, or what is missing and what to do. */
  readonly note: string
  /** While it is being fetched or filled. */
  readonly progress?: PartProgress
}

export interface DataCounts {
  readonly tables: number
  readonly rows: number
  /** In the index, about the data. */
  readonly documents: number
}

export interface Health {
  /** True when questions can be answered, be it by a lesser part. */
  readonly ready: boolean
  readonly source: string
  /** What can be asked about; absent when the data cannot be read. */
  readonly data?: DataCounts
  readonly parts: readonly HealthPart[]
}

export interface Orchestrator {
  /** Answers one question; user-level failures are values with `ok: false`. */
  process(question: string, options?: ProcessOptions): Promise<Answer>
  /** The same, step by step; ends with `message_stop`. */
  stream(question: string, options?: ProcessOptions): AsyncGenerator<AnswerEvent>
  catalog(): Promise<Catalog>
  /** Questions that will work on this data. */
  suggestions(): Promise<readonly string[]>
  /** At most `limit` names and values that continue a text which ends at the caret, likeliest first. */
  complete(text: string, limit: number): Promise<readonly Completion[]>
  /** What SQL does and whether it may run, without running it. */
  explainSql(sql: string, signal?: AbortSignal): Promise<ExplainedSql>
  /** At most `limit` documents of the index that belong to a text, best first. */
  search(text: string, limit: number, signal?: AbortSignal): Promise<readonly RetrievedDocument[]>
  /**
   * How far the index is that questions are looked up in; a `total` of 0 is not counted yet. Undefined once it is filled, or
   * fails to be.
   */
  indexing(): PartProgress | undefined
  generators(): readonly GeneratorStatus[]
  /** Has a generator ask another of its `models` from now on, and after a restart too; undefined where it has no such. */
  chooseModel(generator: string, model: string): Promise<GeneratorStatus | undefined>
  /** How two generators compare, where a share of the questions is asked of a second one. */
  comparison(): ComparisonReport | undefined
  /** What is kept about this data for one user, or for whoever sits at the machine. */
  notebook(user?: string): Notebook
  /** What was told of this data, and the place to tell more. */
  handbook(user?: string): Handbook
  /** The first rows of a table; undefined when there is none of that name. */
  sampleRows(table: string, options: SampleOptions): Promise<QueryOutcome | undefined>
  /** What is kept for that user, run again: charts, files and cards. */
  results(user?: string): KeptResults
  health(): Promise<Health>
  close(): Promise<void>
}
