/** Takes one SELECT through a child process: its columns, its program, the check of that program, its rows. */
import type { Value } from '../catalog.js'
import type { QueryFailure, QueryResult } from '../database.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { denied } from '../guard/refusal.js'
import type { ResultLimits } from '../result-limits.js'
import { checkProgram, type ProgramStep } from './check-program.js'
import { engineFailure } from './engine-failure.js'
import { resultColumns } from './result-columns.js'
import type { SchemaFacts } from './schema-facts.js'
import { columnsOf, type DescribedColumn, readRows } from './sqlite-program.js'
import { columnsSelect, typedSelect } from './typed-select.js'

export type Checked =
  /** `text` is what runs instead of the statement; `columns` are the statement's own. */
  | { readonly ok: true; readonly text: string; readonly columns: readonly DescribedColumn[] }
  | { readonly ok: false; readonly failure: QueryFailure }

export type SelectOutcome =
  | { readonly ok: true; readonly result: Omit<QueryResult, 'elapsedMs'> }
  | { readonly ok: false; readonly failure: QueryFailure }

/** A program of some thousand steps is long. The texts of a statement stand in it, and those of the views that it reads. */
const programLimits = { maxRows: 100_000, maxBytes: 50_000_000, maxCellCharacters: 1_000_000 }

const tooLong = denied('The SQL takes too many steps.', ['Ask for less at once.'])

/** Checks exactly the text that is run later. Rejects only when the process ends. */
export async function checkSelect(
  process: EngineProcess,
  sql: string,
  facts: SchemaFacts,
  limits: ResultLimits,
): Promise<Checked> {
  try {
    // In brackets anything but a SELECT is a syntax error, so that nothing else is ever prepared. They rename columns of
    // the same name, though, and let SQL pass that closes and opens one; the bare statement tells both.
    await columnsOf(process, columnsSelect(sql))
    const columns = await columnsOf(process, sql)
    const text = typedSelect(sql, columns.length, limits)
    const program = { sql: `EXPLAIN ${text}`, limits: programLimits, typed: false }
    const { rows, truncated } = await readRows(process, program)
    // A step that was not seen may do anything.
    const failure = truncated ? tooLong : checkProgram(rows.map(toStep), facts.readableRoots)
    if (failure !== undefined) return { ok: false, failure }
    return { ok: true, text, columns }
  } catch (error) {
    return { ok: false, failure: engineFailure(error, facts.columnsByTable, true) }
  }
}

/** Checks and runs. */
export async function runSelect(
  process: EngineProcess,
  sql: string,
  facts: SchemaFacts,
  limits: ResultLimits,
): Promise<SelectOutcome> {
  const checked = await checkSelect(process, sql, facts, limits)
  if (!checked.ok) return checked
  try {
    const { columns, text } = checked
    const request = { sql: text, limits, typed: true }
    const { rows, truncated, classes } = await readRows(process, request)
    const described = resultColumns(columns.slice(0, limits.maxColumns), classes, rows)
    const result = {
      columns: described,
      rows: rows.map((row) => row.map((cell, index) => asBoolean(cell, described[index]?.kind))),
      rowCount: rows.length,
      truncated: truncated || columns.length > limits.maxColumns,
    }
    return { ok: true, result }
  } catch (error) {
    return { ok: false, failure: engineFailure(error, facts.columnsByTable, false) }
  }
}

function toStep([, opcode, p1, p2, p3, p4]: readonly Value[]): ProgramStep {
  return {
    opcode: String(opcode),
    p1: Number(p1),
    p2: Number(p2),
    p3: Number(p3),
    p4: String(p4 ?? ''),
  }
}

export function asBoolean(cell: Value, kind: string | undefined): Value {
  return kind === 'boolean' && cell !== null ? cell === 1 : cell
}
