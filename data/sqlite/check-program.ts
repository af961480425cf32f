/**
 * Decides by the engine's own program whether a SELECT may run. `EXPLAIN` compiles a statement and lists its steps without
 * running one: which trees of the file it opens, which functions it calls. No second reading of the SQL is involved that
 * could take a quote or a comment differently, and views are already taken apart.
 */
import type { QueryFailure } from '../database.js'
import { denied, onlySelect } from '../guard/refusal.js'
import { allowedFunctions } from './allowed-functions.js'

/** One step as `EXPLAIN` lists it. */
export interface ProgramStep {
  readonly opcode: string
  readonly p1: number
  readonly p2: number
  readonly p3: number
  readonly p4: string
}

/**
 * Of SQLite 3.45: what walks, compares, computes, sorts and delivers rows. Those that insert and delete work on temporary
 * tables alone: a table of the file needs OpenWrite, which is not on the list.
 */
const plainSteps = new Set(
  `Abortable Add AddImm Affinity And BeginSubrtn BitAnd BitNot BitOr Blob Cast Close ClrSubtype CollSeq Column
  ColumnsUsed Compare Concat Copy Count DecrJumpZero DeferredSeek Delete Divide ElseEq EndCoroutine Eq Explain Filter
  FilterAdd FinishSeek Found Ge GetSubtype Gosub Goto Gt Halt HaltIfNull IdxDelete IdxGE IdxGT IdxInsert IdxLE IdxLT
  IdxRowid If IfNoHope IfNot IfNotOpen IfNotZero IfNullRow IfPos IfSizeBetween Init InitCoroutine Insert Int64 Integer
  IntCopy IsNull IsTrue IsType Jump Last Le Lt MakeRecord MemMax Move Multiply MustBeInt Ne NewRowid Next NoConflict Noop
  Not NotExists NotFound NotNull Null NullRow Offset OffsetLimit Once OpenAutoindex OpenDup OpenEphemeral OpenPseudo Or
  Permutation Prev Real RealAffinity ReleaseReg Remainder ResetSorter ResultRow Return Rewind RowData Rowid
  RowSetAdd RowSetRead RowSetTest SCopy SeekEnd SeekGE SeekGT SeekHit SeekLE SeekLT SeekRowid SeekScan Sequence
  SequenceTest SetSubtype ShiftLeft ShiftRight SoftNull Sort SorterCompare SorterData SorterInsert SorterNext SorterOpen
  SorterSort String String8 Subtract Yield ZeroOrNull`.split(/\s+/),
)
const functionSteps = new Set(
  'Function PureFunc AggStep AggStep1 AggInverse AggValue AggFinal'.split(' '),
)

/** `readableRoots` are the first pages of the dataset's own tables and indexes. */
export function checkProgram(
  steps: readonly ProgramStep[],
  readableRoots: ReadonlySet<number>,
): QueryFailure | undefined {
  for (const step of steps) {
    const failure = checkStep(step, readableRoots)
    if (failure !== undefined) return failure
  }
  return steps.length > 0 ? undefined : denied(onlySelect, [])
}

function checkStep(
  { opcode, p2, p3, p4 }: ProgramStep,
  readableRoots: ReadonlySet<number>,
): QueryFailure | undefined {
  if (plainSteps.has(opcode)) return undefined
  if (functionSteps.has(opcode)) return checkFunctionName(p4.replace(/\(-?\d+\)$/, ''))
  if (opcode === 'OpenRead' || opcode === 'ReopenIdx') {
    const isOwn = p3 === 0 && readableRoots.has(p2)
    return isOwn
      ? undefined
      : denied('The SQL reads what is not one of the tables of this data.', [])
  }
  // The second operand tells a transaction that writes.
  if (opcode === 'Transaction' && p2 === 0) return undefined
  if (opcode === 'Variable') {
    return denied('The SQL has an open parameter.', ['Write the value itself.'])
  }
  if (opcode === 'VOpen') {
    return denied('Functions in FROM and virtual tables are not allowed.', [
      'Read from a table of this data.',
    ])
  }
  return denied(onlySelect, [])
}

function checkFunctionName(name: string): QueryFailure | undefined {
  if (allowedFunctions.has(name.toLowerCase())) return undefined
  return denied(`The function "${name}" is not allowed: it does more than compute on the data.`, [])
}
