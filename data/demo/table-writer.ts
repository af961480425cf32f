/** Appends rows to a table from plain cells: dates as day numbers, times as seconds, amounts as cents. */
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api'

/** Of one second. */
const MICROSECONDS = 1_000_000n

export type Cell = string | number | boolean | null

export interface TableWriter {
  /**
   * One cell per column: numbers for INTEGER, days since 1970 for DATE, seconds since then for
   * TIMESTAMP, the unscaled number for DECIMAL.
   */
  add(cells: readonly Cell[]): void
  /** Checks keys and writes what is buffered, so that other tables may refer to it. */
  flush(): void
  /** Flushes and lets go of the table. */
  close(): void
}

export async function openTableWriter(
  connection: DuckDBConnection,
  table: string,
): Promise<TableWriter> {
  const appender = await connection.createAppender(table)
  const columns = Array.from({ length: appender.columnCount }, (_, index) =>
    appendTo(appender, appender.columnType(index)),
  )
  return {
    add: (cells) => {
      for (const [index, append] of columns.entries()) append(cells[index] ?? null)
      appender.endRow()
    },
    flush: () => appender.flushSync(),
    close: () => appender.closeSync(),
  }
}

function appendTo(appender: DuckDBAppender, type: DuckDBType) {
  const write = cellWriter(appender, type)
  return (cell: Cell) => {
    if (cell === null) appender.appendNull()
    else write(cell)
  }
}

function cellWriter(appender: DuckDBAppender, type: DuckDBType): (cell: Cell) => void {
  if (type instanceof DuckDBDecimalType) {
    const { width, scale } = type
    return (cell) =>
      appender.appendDecimal(new DuckDBDecimalValue(BigInt(Number(cell)), width, scale))
  }
  if (type.typeId === DuckDBTypeId.DATE) {
    return (cell) => appender.appendDate(new DuckDBDateValue(Number(cell)))
  }
  if (type.typeId === DuckDBTypeId.TIMESTAMP) {
    const value = (cell: Cell) => new DuckDBTimestampValue(BigInt(Number(cell)) * MICROSECONDS)
    return (cell) => appender.appendTimestamp(value(cell))
  }
  if (type.typeId === DuckDBTypeId.BOOLEAN) return (cell) => appender.appendBoolean(cell === true)
  if (type.typeId === DuckDBTypeId.INTEGER) return (cell) => appender.appendInteger(Number(cell))
  return (cell) => appender.appendVarchar(String(cell))
}
