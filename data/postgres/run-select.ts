/** Runs one SELECT that the guard let through, and reads its rows until a limit is reached. */
import type { FieldDef } from 'pg'
import type { ResultColumn } from '../database.js'
import { quoteText } from '../quote.js'
import { type Reading, type ResultLimits, takeRow } from '../result-limits.js'
import type { SelectedRows } from '../servers/server-engine.js'
import { cellValue } from './cell-value.js'
import { columnKind, shownType } from './column-kind.js'
import type { Session } from './sessions.js'

/** What is known of types, by number and modifier. */
export type TypeNames = Map<string, Pick<ResultColumn, 'type' | 'kind'>>

/** Rows asked for at a time: so many of the largest cells that are shown fit into memory. */
const rowsPerFetch = 250

/** Binds without running. With options of its own, EXPLAIN takes no bracket of the statement for them. */
export async function explainSelect(session: Session, sql: string): Promise<void> {
  await session.run(`EXPLAIN (COSTS false) ${sql}`)
}

/** Of Parley's own SQL, the cells as a result would show them, in words. */
export async function readTexts(session: Session, sql: string): Promise<(string | null)[][]> {
  const { fields, rows } = await session.run(sql)
  return rows.map((row) =>
    row.map((cell, at) => (cell === null ? null : String(cellValue(fields[at]!, cell)))),
  )
}

/** A cursor hands out rows as they are asked for, so that a query for a billion rows costs what is read of it. */
export async function runSelect(
  session: Session,
  sql: string,
  limits: ResultLimits,
  types: TypeNames,
): Promise<SelectedRows> {
  await session.run(`DECLARE parley NO SCROLL CURSOR FOR ${sql}`)
  const reading: Reading = { rows: [], bytes: 0, truncated: false }
  let fields: readonly FieldDef[] | undefined
  for (let isMore = true; isMore && !session.stopped; ) {
    const wanted = Math.min(rowsPerFetch, limits.maxRows - reading.rows.length + 1)
    const fetched = await session.run(`FETCH FORWARD ${wanted} FROM parley`)
    fields ??= fetched.fields.slice(0, limits.maxColumns)
    reading.truncated ||= fetched.fields.length > fields.length
    isMore = fetched.rows.length === wanted
    for (const row of fetched.rows) {
      const cells = fields.map((field, at) => cellValue(field, row[at] ?? null))
      if (takeRow(reading, cells, limits)) continue
      reading.truncated = true
      isMore = false
      break
    }
  }
  const columns = await describe(session, fields ?? [], types)
  return { columns, rows: reading.rows, truncated: reading.truncated }
}

export async function describe(
  session: Session,
  fields: readonly FieldDef[],
  types: TypeNames,
): Promise<ResultColumn[]> {
  const keys = new Set(fields.map(keyOf).filter((key) => !types.has(key)))
  if (keys.size > 0 && !session.stopped) {
    const { rows } = await session.run(
      `SELECT k, format_type(t.oid, split_part(k, ' ', 2)::int), t.typtype = 'e'
       FROM unnest(ARRAY[${[...keys].map(quoteText).join(', ')}]) k
       JOIN pg_catalog.pg_type t ON t.oid = split_part(k, ' ', 1)::oid`,
    )
    for (const [key, name, isEnum] of rows) {
      const type = name ?? ''
      types.set(key ?? '', {
        type: shownType(type, isEnum === 't'),
        kind: columnKind(type, isEnum === 't'),
      })
    }
  }
  return fields.map((field) => ({
    name: field.name,
    ...(types.get(keyOf(field)) ?? { type: '', kind: 'other' as const }),
  }))
}

function keyOf({ dataTypeID, dataTypeModifier }: FieldDef): string {
  return `${dataTypeID} ${dataTypeModifier}`
}
