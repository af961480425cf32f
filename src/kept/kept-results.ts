/** The port to the results of SQL that is kept for a user: an answer's or a card's, run again through the guard. */
import type { ChartKind, Figure } from '../../agents/chart/figure.js'
import type { QueryFailure, QueryResult } from '../../data/database.js'
import type { ExportFormat } from '../../data/exports/export-limits.js'
import type { ExportedFile } from '../../data/exports/export-result.js'
import type { FilterVerdict, RowFilters } from '../../data/filters/row-filters.js'

/** There is nothing of this id that is this user's and has SQL. */
export interface UnknownKept {
  readonly code: 'unknown'
  readonly message: string
  readonly hints: readonly string[]
}

export interface UnfitKind {
  readonly code: 'chart_unfit'
  readonly message: string
  /** The kinds that fit. */
  readonly hints: readonly string[]
}

export type DrawnAgain =
  | {
      readonly ok: true
      readonly kind: ChartKind
      readonly figure: Figure
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly failure: QueryFailure | UnknownKept | UnfitKind }

export type KeptFile =
  | { readonly ok: true; readonly file: ExportedFile; readonly question: string }
  | { readonly ok: false; readonly failure: QueryFailure | UnknownKept }

/** A card as the data is now. */
export interface CardResult extends QueryResult {
  /** As it ran: with the filters in it. */
  readonly sql: string
  readonly figure: Figure
  readonly chartKind: ChartKind
  /** Every kind that fits. */
  readonly chartKinds: readonly ChartKind[]
  /** What became of each filter that was asked for. */
  readonly filters: readonly FilterVerdict[]
  readonly warnings: readonly string[]
  /** ISO time. */
  readonly ranAt: string
}

export type CardRun =
  | ({ readonly ok: true } & CardResult)
  | { readonly ok: false; readonly failure: QueryFailure | UnknownKept }

/** All reject with `StoreError` when the store cannot be used. */
export interface KeptResults {
  /** Another chart of an answer's result. */
  draw(answerId: string, kind: ChartKind, signal?: AbortSignal): Promise<DrawnAgain>
  /** A card's SQL, run on the rows that the filters leave. */
  runCard(cardId: string, filters: RowFilters, signal?: AbortSignal): Promise<CardRun>
  /** All of an answer's result as a file, which the caller removes. */
  export(answerId: string, format: ExportFormat, signal?: AbortSignal): Promise<KeptFile>
}

export function unknownKept(what: 'answer' | 'card'): UnknownKept {
  return {
    code: 'unknown',
    message: `There is no ${what} of this id with SQL in it.`,
    hints: [],
  }
}
