/** Earlier questions for the arrow keys: bounded, and apart for each dataset. */
import { expect, it } from 'vitest'
import { askedBefore, rememberAsked } from '../../../src/dashboard/chat/asked-before.js'

function emptyStore() {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  }
}

it('keeps each question once, the newest last, for its dataset alone', () => {
  const store = emptyStore()
  const shop = { store, name: 'shop' }
  for (const question of ['one', 'two', 'one']) rememberAsked(shop, [], question)
  expect(askedBefore(shop)).toEqual(['two', 'one'])
  expect(askedBefore({ store, name: 'bank' })).toEqual([])
})

it('keeps fifty questions, and fewer long ones', () => {
  const shop = { store: emptyStore(), name: 'shop' }
  for (let at = 0; at < 60; at += 1) rememberAsked(shop, [], `question ${at}`)
  expect(askedBefore(shop)).toHaveLength(50)
  for (let at = 0; at < 10; at += 1) rememberAsked(shop, [], `${at}`.padEnd(4_000, 'x'))
  expect(askedBefore(shop)).toHaveLength(5)
})

it('goes on where the browser keeps nothing, or something else', () => {
  const refuse = () => {
    throw new Error('no room')
  }
  const full = { store: { ...emptyStore(), setItem: refuse }, name: 'shop' }
  expect(rememberAsked(full, ['one'], 'two')).toEqual(['one', 'two'])
  const store = emptyStore()
  store.setItem('shop', '{"no": "list"}')
  expect(askedBefore({ store, name: 'shop' })).toEqual([])
})
