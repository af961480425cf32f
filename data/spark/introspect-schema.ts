/** Reads the tables and columns of a Spark database, with their comments. Few tables of Spark declare keys, so none are read. */
import type { Column, Table } from '../catalog.js'
import { columnKind, typeText } from './column-kind.js'
import { quoteSparkName } from './quote-spark-name.js'

/** Asks one statement; cells as a result would show them, in words. */
export type ReadRows = (sql: string) => Promise<readonly (readonly (string | null)[])[]>

export interface DeclaredTable extends Table {
  readonly isView: boolean
  /** As the table says, such as `parquet`; empty for a view. */
  readonly format: string
  /** Rows as they were last counted by ANALYZE TABLE. */
  readonly countedRows?: number
}

/** Statements under way at once: each takes tens of milliseconds, and there may be thousands of tables. */
const atOnce = 6

/** In the order of their names; what cannot be described, such as a view over what is gone, is left out. */
export async function readDeclaredTables(
  read: ReadRows,
  signal: AbortSignal,
): Promise<readonly DeclaredTable[]> {
  const names = await readTableNames(read)
  const tables = new Map<string, DeclaredTable>()
  const waiting = [...names]
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      signal.throwIfAborted()
      const table = await describeTable(read, name)
      if (table !== undefined && table.columns.length > 0) tables.set(name, table)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return names.flatMap((name) => tables.get(name) ?? [])
}

/** Temporary views are those of a session, and ours has none. */
export async function readTableNames(read: ReadRows): Promise<readonly string[]> {
  const rows = await read('SHOW TABLES')
  return rows
    .flatMap(([, name, isTemporary]) => (isTemporary === 'true' ? [] : String(name)))
    .sort()
}

interface Described {
  readonly type?: string
  readonly provider?: string
  readonly comment?: string
  readonly statistics?: { readonly num_rows?: number }
  readonly columns?: readonly {
    readonly name: string
    readonly type: unknown
    readonly nullable?: boolean
    readonly comment?: string
  }[]
}

async function describeTable(read: ReadRows, name: string): Promise<DeclaredTable | undefined> {
  const sql = `DESCRIBE TABLE EXTENDED ${quoteSparkName(name)} AS JSON`
  const rows = await read(sql).catch((error: unknown) => {
    if (isOfTable(error)) return []
    throw error
  })
  const text = rows[0]?.[0]
  if (typeof text !== 'string') return undefined
  const told: Described = JSON.parse(text)
  const isView = told.type === 'VIEW'
  const counted = told.statistics?.num_rows
  return {
    name,
    columns: (told.columns ?? []).map(toColumn),
    primaryKey: [],
    rowCount: 0,
    isView,
    format: isView ? '' : (told.provider ?? ''),
    ...(counted !== undefined && { countedRows: Number(counted) }),
    ...(told.comment !== undefined && { comment: told.comment }),
  }
}

/** The server's answer about this table, and not the lack of one. */
function isOfTable(error: unknown): boolean {
  return (
    error instanceof Error &&
    /\[[A-Z_.]+\]/.test(error.message) &&
    !/INVALID_HANDLE/.test(error.message)
  )
}

function toColumn({
  name,
  type,
  nullable,
  comment,
}: NonNullable<Described['columns']>[number]): Column {
  const shown = typeText(type)
  return {
    name,
    type: shown,
    kind: columnKind(shown),
    nullable: nullable !== false,
    unique: false,
    samples: [],
    ...(comment !== undefined && { comment }),
  }
}
