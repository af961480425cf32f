/** Killed at any moment while it writes turns, the product loses none that it had given, and starts clean. */
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Answer } from '../../../agents/answer.js'
import { type ProductProcess, startProduct } from '../../support/product-process.js'
import { useShop } from '../../support/use-shop.js'

/** `PARLEY_TEST_KILLS=25` is the measure that the documents give. */
const kills = Number(process.env.PARLEY_TEST_KILLS ?? 3)
/** The moment of each kill lies within this time of the first answer. */
const maxMomentMs = 400

const questions = ['Total sales amount in 2023', 'and in 2024?', 'how many stores are there?']

const shop = useShop()

/** Asks in each conversation of a run that was killed; the last answer. */
async function follow(product: ProductProcess, run: number): Promise<Answer> {
  const ask = (part: number) =>
    product.request<Answer>('ask', {
      question: questions[2],
      options: { conversationId: `run-${run}-${part}` },
    })
  for (const part of [0, 1]) expect((await ask(part)).ok).toBe(true)
  return ask(2)
}

it(
  `loses no turn in ${kills} kills, and starts clean after each`,
  async () => {
    const told: string[] = []
    const lost: string[] = []
    for (let run = 0; run < kills; run += 1) {
      const product = await startProduct({ home: shop.home.path, source: shop.source })
      const kept = new Set(await product.request<readonly string[]>('kept'))
      lost.push(...told.filter((id) => !kept.has(id)))
      expect(product.said()).toBe('')
      // The conversations that were cut off go on.
      if (run > 0) expect((await follow(product, run - 1)).ok).toBe(true)
      product.askOn(questions, `run-${run}`)
      while (product.told.length === 0) await wait(5)
      await wait(randomInt(maxMomentMs))
      await product.kill()
      told.push(...product.told)
    }
    const last = await startProduct({ home: shop.home.path, source: shop.source })
    const kept = new Set(await last.request<readonly string[]>('kept'))
    lost.push(...told.filter((id) => !kept.has(id)))
    const answer = await last.request<Answer>('ask', {
      question: questions[0],
      options: { conversationId: 'run-0-0' },
    })
    expect([answer.ok, answer.warnings]).toEqual([true, []])
    expect(await last.close()).toBe(0)
    expect(told.length).toBeGreaterThanOrEqual(kills)
    console.info(`${kills} kills, ${told.length} turns given, ${lost.length} lost`)
    expect(lost).toEqual([])
  },
  120_000 + kills * 60_000,
)
