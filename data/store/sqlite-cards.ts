/** Pinned cards, in the store's SQLite file. */
import { randomUUID } from 'node:crypto'
import type { AppStore, Card, CardLayout, Scope } from './app-store.js'
import { type Cell, change, optionalText, rowsOf, text } from './sqlite-rows.js'
import { inTransaction, type StoreFile } from './store-file.js'

type Cards = Pick<AppStore, 'cards' | 'addCard' | 'changeCard' | 'removeCard'>

export function sqliteCards(file: StoreFile): Cards {
  const find = ({ owner, dataset }: Scope, id: string) =>
    rowsOf(file, `${cardSql} AND id = ?`, owner, dataset, id).map(toCard)[0]
  return {
    cards: async ({ owner, dataset }) =>
      rowsOf(file, `${cardSql} ORDER BY rowid`, owner, dataset).map(toCard),
    addCard: async (scope, given) => {
      const card: Card = { ...given, id: randomUUID(), createdAt: new Date().toISOString() }
      change(file, 'INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...cellsOf(scope, card))
      return card
    },
    changeCard: async (scope, id, changed) =>
      inTransaction(file, () => {
        const card = find(scope, id)
        if (!card) return undefined
        const next = { ...card, ...changed }
        const sql = 'UPDATE cards SET title = ?, chart_kind = ?, layout = ? WHERE id = ?'
        change(file, sql, next.title, next.chartKind ?? null, layoutCell(next), id)
        return next
      }),
    removeCard: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM cards WHERE owner = ? AND dataset = ? AND id = ?'
      return change(file, sql, owner, dataset, id) > 0
    },
  }
}

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
