/** What the generator makes: a question with what answers it, SQL or a text, and how it came about. */
import type { Dialect, Value } from '../catalog.js'

/** One sort of question each, from single functions to what the tables are for. */
export const phaseNames = [
  'builtins',
  'schema_docs',
  'single_table',
  'joins',
  'complex_sqls',
  'schema_relationship',
  'sample_data',
] as const

export type PhaseName = (typeof phaseNames)[number]

/** What a writer proposes; nothing of it has been checked. */
export interface Draft {
  /** Which pattern it follows. */
  readonly template: string
  readonly question: string
  /** Join-free or whole, in the database's dialect. Where it is missing there is an answer. */
  readonly sql?: string
  /** In words, of questions about the schema. */
  readonly answer?: string
  /** Rows that the SQL could have found: nobody in them is in the database. */
  readonly data?: readonly Readonly<Record<string, Value>>[]
  /** What the answer is about; of SQL they are read from it. */
  readonly tables?: readonly string[]
}

/** What a critic said of a pair. */
export interface CriticMark {
  readonly model: string
  readonly verdict: 'right' | 'repaired'
  /** 0 to 1, of the pair as it stands. */
  readonly score: number
  /** Repairs until it was right. */
  readonly repairs: number
  readonly remark: string
}

/** One line of a phase's file. */
export interface Pair {
  readonly id: string
  readonly phase: PhaseName
  readonly database: string
  readonly dialect: Dialect
  readonly question: string
  /** Complete: it passed the guard and was bound by the engine. */
  readonly sql?: string
  readonly answer?: string
  readonly data?: Draft['data']
  /** The SQL without names and values; without SQL, the template's name. */
  readonly skeleton: string
  readonly template: string
  /** Every table that the SQL reads or the answer is about. */
  readonly tables: readonly string[]
  readonly metadata: {
    readonly writer: string
    /** Which of the writer's drafts it is; a resumed run goes on behind it. */
    readonly draft: number
    readonly seed: number
    readonly version?: string
    /** Rows of the result, at most `mostCheckedRows`; absent when the SQL was only bound. */
    readonly rows?: number
    readonly critic?: CriticMark
    /** The result holds nothing, and the pair is one of the share that is kept all the same. */
    readonly empty?: true
  }
}

/** Rows of a result that are looked at. */
export const mostCheckedRows = 100
