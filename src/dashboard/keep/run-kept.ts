/** The rows and the chart of an earlier answer, read again: the service keeps neither. */
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'
import type { Turn } from '../chat/turn-state.js'
import { type Context, withDataset } from '../context.js'
import { RequestError } from '../service/request-error.js'
import { makingOf } from './kept-turns.js'

/** What a page shows without becoming slow. */
const mostBytes = 20_000_000

interface Drawn {
  readonly kind: NonNullable<Turn['chart']>['kind']
  readonly figure: NonNullable<Turn['chart']>['figure']
  readonly warnings: readonly string[]
}

export interface RunAgain {
  readonly turn: Turn
  /** What has changed since the answer. */
  readonly warnings: readonly string[]
}

/** Rejects with `RequestError`, such as when its SQL does not run any more. */
export async function runKeptTurn(turn: Turn, context: Context): Promise<RunAgain> {
  const { service, dataset } = context
  const { answerId = '', kept } = turn
  const kind = kept?.answer.chartKind
  const making = kept && makingOf(kept)
  const path = withDataset(`/api/v1/export/${answerId}.json`, context)
  const response = await service.send(path)
  if (Number(response.headers.get('Content-Length')) > mostBytes) {
    await response.body?.cancel()
    throw new RequestError('too_many', context.words.keep.tooMany)
  }
  const data = dataOf(await response.json(), response.headers.has('X-Parley-Cut'), making?.columns)
  if (!kind || kind === 'table') return { turn: { ...turn, data }, warnings: [] }
  const body = { answer_id: answerId, kind, ...(dataset && { dataset }) }
  const drawn = await service.sendJson<Drawn>('POST', '/api/v1/chart', body)
  const { figure, warnings } = drawn
  return {
    turn: {
      ...turn,
      data,
      chart: { kind: drawn.kind, kinds: making?.chartKinds ?? [drawn.kind], figure },
    },
    warnings,
  }
}

type RowObject = Readonly<Record<string, Value>>

/** `known`: the columns of the answer, which tell what cells do not. */
function dataOf(
  objects: readonly RowObject[],
  truncated: boolean,
  known: readonly ResultColumn[] = [],
): NonNullable<Turn['data']> {
  const names = objects[0] ? Object.keys(objects[0]) : known.map(({ name }) => name)
  const rows = objects.map((object) => names.map((name) => object[name] ?? null))
  const columns = names.map((name, at) => {
    const cells = rows.map((row) => row[at] ?? null)
    return known.find((column) => column.name === name) ?? columnOf(name, cells)
  })
  return { columns, rows, rowCount: rows.length, truncated }
}

/** JSON has no types of columns; numbers and yes or no are told by their cells. */
function columnOf(name: string, values: readonly Value[]): ResultColumn {
  const there = values.filter((value) => value !== null)
  const isAll = (type: 'number' | 'boolean') =>
    there.length > 0 && there.every((value) => typeof value === type)
  const kind = isAll('number') ? 'number' : isAll('boolean') ? 'boolean' : 'text'
  return { name, type: '', kind }
}
