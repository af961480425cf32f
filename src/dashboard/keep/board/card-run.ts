/** Running a card: its SQL on the data as it is now, narrowed by what all cards are filtered by. */
import type { Card } from '../../../../data/store/app-store.js'
import type { CardResult } from '../../../kept/kept-results.js'
import type { Context } from '../../context.js'

/** Over all cards; each part is empty where it is not wanted. */
export interface BoardFilter {
  /** ISO days, both of them included. */
  readonly from: string
  readonly to: string
  /** Rows count whose cell of this column has this value. */
  readonly column: string
  readonly value: string
}

export const noFilter: BoardFilter = { from: '', to: '', column: '', value: '' }

/** Rejects with `RequestError`. */
export function runCard({ id }: Card, filter: BoardFilter, context: Context): Promise<CardResult> {
  const { service, dataset } = context
  const { from, to, column, value } = filter
  const body = {
    ...(from && { from }),
    ...(to && { to }),
    ...(column && value && { filters: [{ column, values: valuesOf(value) }] }),
    ...(dataset && { dataset }),
  }
  return service.sendJson<CardResult>('POST', `/api/v1/cards/${id}/run`, body)
}

/** Several stand between commas. */
function valuesOf(text: string): readonly string[] {
  return text.split(',').flatMap((value) => value.trim() || [])
}
