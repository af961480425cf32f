/** Reading all that a SELECT gives, batch after batch, for files rather than for the eye: the same for every engine. */
import type { ColumnKind, Value } from './catalog.js'
import type { QueryFailure, ResultColumn } from './database.js'
import { joinSignals } from './join-signals.js'
import { byteLength, cutCell, type ResultLimits } from './result-limits.js'
import { stopFailure } from './state-failure.js'

export interface ReadLimits extends ResultLimits {
  /** From the start of the reading; what was read by then is kept. */
  readonly timeoutMs: number
}

export interface RowBatch {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
}

export interface ReadOptions {
  readonly limits: ReadLimits
  readonly signal?: AbortSignal
  /** The next batch is read when it resolves. */
  readonly take: (batch: RowBatch) => Promise<void>
}

/** Which limit left something out; the first one, where there are several. */
export type ReadCut = 'rows' | 'columns' | 'cells' | 'bytes' | 'time'

export type ReadOutcome =
  | {
      readonly ok: true
      readonly columns: readonly ResultColumn[]
      readonly rowCount: number
      readonly cut?: ReadCut
    }
  | { readonly ok: false; readonly failure: QueryFailure }

export interface Batches {
  /** False when a limit left a row out. */
  give(batch: RowBatch): Promise<boolean>
  readonly rowCount: number
  outcome(columns: readonly ResultColumn[], cut?: ReadCut): ReadOutcome
}

/** Hands over what the limits allow. */
export function createBatches({ limits, take }: Pick<ReadOptions, 'limits' | 'take'>): Batches {
  const { maxRows, maxBytes, maxCellCharacters } = limits
  let rowCount = 0
  let bytes = 0
  let cut: ReadCut | undefined
  const fits = (row: readonly Value[]) => {
    if (rowCount >= maxRows) cut ??= 'rows'
    bytes += row.reduce<number>((sum, value) => sum + byteLength(value), 0)
    if (bytes > maxBytes) cut ??= 'bytes'
    const isFull = rowCount >= maxRows || bytes > maxBytes
    if (!isFull) rowCount += 1
    return !isFull
  }
  return {
    async give({ columns, rows }) {
      const given: (readonly Value[])[] = []
      for (const row of rows) {
        const kept = row.map((value) => cutCell(value, maxCellCharacters))
        if (!fits(kept)) break
        if (kept.some((value, column) => value !== row[column])) cut ??= 'cells'
        given.push(kept)
      }
      await take({ columns, rows: given })
      return given.length === rows.length
    },
    get rowCount() {
      return rowCount
    },
    outcome: (columns, further) => ({ ok: true, columns, rowCount, cut: cut ?? further }),
  }
}

export interface Reading {
  readonly batches: Batches
  /** Aborted when the reader wants no more, and when time is up. */
  readonly signal: AbortSignal
  /** As far as they are known. */
  columns: readonly ResultColumn[]
}

/** For work that rejects when its signal is aborted: what was read until time was up counts. */
export async function readWithin(
  options: ReadOptions,
  work: (reading: Reading) => Promise<ReadOutcome>,
): Promise<ReadOutcome> {
  const { signal, limits } = options
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  const stopping = joinSignals([signal, timeout])
  const batches = createBatches(options)
  const reading: Reading = { batches, signal: stopping.signal, columns: [] }
  try {
    return await work(reading)
  } catch (error) {
    if (signal?.aborted) return readFailure(stopFailure('cancelled', 0))
    if (!timeout.aborted) throw error
    if (batches.rowCount > 0) return batches.outcome(reading.columns, 'time')
    return readFailure(stopFailure('sql_timeout', limits.timeoutMs))
  } finally {
    stopping.release()
  }
}

export function readFailure(failure: QueryFailure): ReadOutcome {
  return { ok: false, failure }
}

/** For engines that know a column by its cells alone: what all batches together say. */
export function mergeColumns(
  known: readonly ResultColumn[] | undefined,
  next: readonly ResultColumn[],
): readonly ResultColumn[] {
  return next.map((column, at) => {
    const before = known?.[at]
    if (before === undefined || before.type === 'NULL') return column
    if (column.type === 'NULL') return before
    const isSameType = before.type === column.type
    const kind = mergeKinds(before.kind, column.kind)
    const type = isSameType ? column.type : kind === 'number' ? 'REAL' : 'TEXT'
    return { ...column, type, kind }
  })
}

function mergeKinds(one: ColumnKind, other: ColumnKind): ColumnKind {
  if (one === other) return one
  const areTimes = [one, other].every((kind) => kind === 'date' || kind === 'timestamp')
  return areTimes ? 'timestamp' : 'text'
}
