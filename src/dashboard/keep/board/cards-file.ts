/** Cards as a file to hand on: titles, questions, SQL, kinds and places; no rows. */
import type { Card } from '../../../../data/store/app-store.js'
import type { TextFile } from '../conversation-file.js'
import type { Layouts } from './card-grid.js'

const format = 'parley-cards'
/** As many as one user may have about one dataset. */
const mostCards = 500

export type FiledCard = Pick<Card, 'title' | 'question' | 'sql' | 'chartKind' | 'layout'>

export function cardsAsFile(cards: readonly Card[], layouts: Layouts): TextFile {
  const filed = cards.map(({ id, title, question, sql, chartKind }): FiledCard => {
    return { title, question, sql, chartKind, layout: layouts.get(id) }
  })
  const content = { format, version: 1, cards: filed }
  return {
    name: 'parley-cards.json',
    type: 'application/json',
    text: `${JSON.stringify(content, undefined, 2)}\n`,
  }
}

/** Undefined for a file that holds none; what a card says is checked by the service. */
export function readCards(text: string): readonly FiledCard[] | undefined {
  const content = parsed(text)
  if (content?.format !== format || !Array.isArray(content.cards)) return undefined
  const cards = content.cards.filter(isCard).slice(0, mostCards)
  return cards.length > 0 ? cards : undefined
}

function parsed(text: string): { readonly format?: unknown; readonly cards?: unknown } | undefined {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

function isCard(card: Partial<FiledCard> | null): card is FiledCard {
  return typeof card?.title === 'string' && typeof card.sql === 'string'
}
