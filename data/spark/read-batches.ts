/** Reads what a statement gives: the columns as Spark names them, then batches of Arrow rows. */

import type { Data } from 'apache-arrow'
import { tableFromIPC } from 'apache-arrow'
import type { Value } from '../catalog.js'
import type { ResultColumn } from '../database.js'
import { columnKind, typeText } from './column-kind.js'
import type { ExecuteResponse, StructType } from './connect-service.js'

export interface ArrowRows {
  readonly columns: readonly ResultColumn[]
  readonly rowCount: number
  /** Cells by column, then row. */
  readonly cells: readonly Data[]
}

export class TooLargeError extends Error {
  constructor() {
    super('More arrives than one piece of work may take.')
  }
}

/** Comes at least once, without rows where there are none. Throws TooLargeError above so many bytes. */
export async function* readBatches(
  responses: AsyncIterable<ExecuteResponse>,
  maxReceivedBytes: number,
): AsyncGenerator<ArrowRows> {
  let columns: readonly ResultColumn[] = []
  let bytes = 0
  let isTold = false
  for await (const { schema, arrow_batch: batch } of responses) {
    if (schema?.struct) columns = columnsOf(schema.struct)
    if (!batch) continue
    bytes += batch.data.length
    if (bytes > maxReceivedBytes) throw new TooLargeError()
    for (const { numRows, data } of tableFromIPC(batch.data).batches) {
      yield { columns, rowCount: numRows, cells: data.children }
      isTold = true
    }
  }
  if (!isTold) yield { columns, rowCount: 0, cells: [] }
}

export function rowOf(
  { cells }: ArrowRows,
  row: number,
  toValue: (data: Data, row: number) => Value,
): Value[] {
  return cells.map((data) => toValue(data, row))
}

function columnsOf({ fields = [] }: StructType): readonly ResultColumn[] {
  return fields.map(({ name, data_type }) => {
    const type = typeText(data_type)
    return { name, type, kind: columnKind(type) }
  })
}
