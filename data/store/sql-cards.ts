/** Pinned cards, in the store's SQL database. */
import { randomUUID } from 'node:crypto'
import type { AppStore, Card, CardLayout, Scope } from './app-store.js'
import { type Cell, optionalText, type StoreSql, text } from './store-sql.js'

type Cards = Pick<AppStore, 'cards' | 'addCard' | 'changeCard' | 'removeCard'>

export function sqlCards(store: StoreSql): Cards {
  return {
    cards: async ({ owner, dataset }) =>
      (await store.rows(`${cardSql} ORDER BY rowid`, owner, dataset)).map(toCard),
    addCard: async (scope, given) => {
      const card: Card = { ...given, id: randomUUID(), createdAt: new Date().toISOString() }
      await store.change(insertSql, ...cellsOf(scope, card))
      return card
    },
    changeCard: ({ owner, dataset }, id, changed) =>
      store.transaction(dataset, async (within) => {
        const found = await within.rows(`${cardSql} AND id = ?`, owner, dataset, id)
        const card = found.map(toCard)[0]
        if (!card) return undefined
        const next = { ...card, ...changed }
        const sql = 'UPDATE cards SET title = ?, chart_kind = ?, layout = ? WHERE id = ?'
        await within.change(sql, next.title, next.chartKind ?? null, layoutCell(next), id)
        return next
      }),
    removeCard: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM cards WHERE owner = ? AND dataset = ? AND id = ?'
      return (await store.change(sql, owner, dataset, id)) > 0
    },
  }
}

const insertSql = 'INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'

const cardSql = `
  SELECT id, title, question, sql, chart_kind, layout, created_at
  FROM cards WHERE owner = ? AND dataset = ?`

function cellsOf({ owner, dataset }: Scope, card: Card): readonly Cell[] {
  const { id, title, question = null, sql, chartKind = null, createdAt } = card
  return [id, owner, dataset, title, question, sql, chartKind, layoutCell(card), createdAt]
}

function layoutCell({ layout }: Pick<Card, 'layout'>): string | null {
  return layout === undefined ? null : JSON.stringify(layout)
}

function toCard([id, title, question, sql, chartKind, layout, createdAt]: readonly Cell[]): Card {
  return {
    id: text(id),
    title: text(title),
    question: optionalText(question),
    sql: text(sql),
    chartKind: optionalText(chartKind),
    layout:
      layout === null || layout === undefined
        ? undefined
        : (JSON.parse(text(layout)) as CardLayout),
    createdAt: text(createdAt),
  }
}
