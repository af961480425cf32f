/** Conversations of the demos: one file holds them all, yet each belongs to the demo where it began. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answered, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const ask = { generator: 'rules' } as const

let home: TemporaryHome

beforeAll(async () => {
  home = await temporaryHome()
})

afterAll(() => home.remove())

it('goes on where it began, and begins anew in another demo', async () => {
  const saas = await home.open({ source: 'demo:saas' })
  const first = answered(await saas.process('How many organizations signed up in 2025?', ask))
  const { conversationId } = first
  const healthcare = await home.open({ source: 'demo:healthcare' })
  const elsewhere = await healthcare.process('And in 2024?', { ...ask, conversationId })
  expect(elsewhere.rewrittenQuestion).toBeUndefined()
  const next = answered(await saas.process('And in 2024?', { ...ask, conversationId }))
  expect(next.rewrittenQuestion).toMatch(/organizations.*2024/)
  expect(next.rows).not.toEqual(first.rows)
}, 120_000)
