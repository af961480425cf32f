/** Pins the cards of a file to a board. */
import type { CardLayout } from '../../../../data/store/app-store.js'
import { RequestError } from '../../service/request-error.js'
import type { Service } from '../../service/service.js'
import type { Layouts } from './card-grid.js'
import type { FiledCard } from './cards-file.js'

export interface PinnedCards {
  readonly pinned: number
  /** Of the last one that could not be pinned. */
  readonly problem?: RequestError
}

/** One after the other, in their order, below those that lie there. */
export async function pinCards(
  cards: readonly FiledCard[],
  layouts: Layouts,
  service: Pick<Service, 'sendJson'>,
  dataset: string,
): Promise<PinnedCards> {
  const bottom = Math.max(0, ...[...layouts.values()].map(({ y, height }) => y + height))
  let [pinned, problem]: [number, RequestError | undefined] = [0, undefined]
  for (const { title, question, sql, chartKind, layout } of cards) {
    const body = {
      ...{ title, sql },
      ...(question && { question }),
      ...(chartKind && { chart_kind: chartKind }),
      ...(layout && { layout: lowered(layout, bottom) }),
      ...(dataset && { dataset }),
    }
    try {
      await service.sendJson('POST', '/api/v1/cards', body)
      pinned += 1
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      problem = error
    }
  }
  return { pinned, problem }
}

function lowered({ x, y, width, height }: CardLayout, by: number): CardLayout {
  return { x, y: y + by, width, height }
}
