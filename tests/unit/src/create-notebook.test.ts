/** How much one user may keep about one dataset. */
import { expect, it } from 'vitest'
import { openConversationStore } from '../../../src/conversation-store.js'
import { createNotebook, mostCards, mostPairs } from '../../../src/create-notebook.js'

const sql = 'SELECT 1'
const database = { explain: async () => undefined }
const scopeOf = (user = '') => ({ owner: user, dataset: 'shop' })

function notebooks() {
  const conversations = openConversationStore(':memory:')
  const of = (user?: string) => createNotebook({ conversations, database, scopeOf }, user)
  return { of, conversations }
}

it('is so many cards, and no more before some are removed', async () => {
  const { of, conversations } = notebooks()
  const own = of('ada')
  for (let card = 0; card < mostCards; card += 1) await own.pin({ title: `${card}`, sql })
  expect(await own.pin({ title: 'one more', sql })).toMatchObject({
    ok: false,
    failure: { code: 'notebook_full', message: expect.stringContaining(`${mostCards} cards`) },
  })
  expect(await of('bob').pin({ title: 'first', sql })).toMatchObject({ ok: true })
  await own.removeCard((await own.cards())[0]?.id ?? '')
  expect(await own.pin({ title: 'in its place', sql })).toMatchObject({ ok: true })
  await conversations.close()
})

it('is so many approved pairs of a user, beside the shared ones; other SQL for a question has its place', async () => {
  const { of, conversations } = notebooks()
  const own = of('ada')
  for (let pair = 0; pair < mostPairs; pair += 1) {
    await conversations.store.approve(scopeOf('ada'), { question: `Question ${pair}`, sql })
  }
  const full = { ok: false, failure: { code: 'notebook_full' } }
  expect(await own.approve({ question: 'One more?', sql })).toMatchObject(full)
  expect(await own.approve({ question: 'Question 1', sql: 'SELECT 2' })).toMatchObject({ ok: true })
  const shared = { question: 'One more?', sql, shared: true }
  expect(await own.approve(shared)).toMatchObject({ ok: true })
  expect(await of('bob').approve({ question: 'One more?', sql })).toMatchObject({ ok: true })
  await conversations.close()
})
