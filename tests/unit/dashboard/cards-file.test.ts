/** Files of cards: what is read of them, whoever wrote them. */
import { expect, it } from 'vitest'
import { cardsAsFile, readCards } from '../../../src/dashboard/keep/board/cards-file.js'

const card = { title: 'Stores', question: 'How many?', sql: 'SELECT 1', chartKind: 'number' }

it('hold what makes a card, where it lies, and neither ids nor rows', () => {
  const layout = { x: 1, y: 2, width: 3, height: 4 }
  const kept = { ...card, id: 'a', createdAt: '2026-01-01' }
  const { name, text } = cardsAsFile([kept], new Map([['a', layout]]))
  expect(name).toBe('parley-cards.json')
  expect(readCards(text)).toEqual([{ ...card, layout }])
  expect(text).not.toContain('createdAt')
})

it.each([
  '',
  'null',
  '[]',
  '{"format": "parley-cards"}',
  '{"format": "parley-cards", "cards": [null, {"title": 1, "sql": "SELECT 1"}]}',
  '{"cards": [{"title": "Stores", "sql": "SELECT 1"}]}',
])('%s holds no cards', (text) => {
  expect(readCards(text)).toBeUndefined()
})

it('hold no more cards than may be pinned', () => {
  const text = JSON.stringify({ format: 'parley-cards', cards: Array(600).fill(card) })
  expect(readCards(text)).toHaveLength(500)
})
