/** How much an app store keeps of one owner about one dataset, run by each implementation. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AppStore, Scope, StoreLimits } from '../../data/store/app-store.js'

export type OpenAppStore = (limits?: StoreLimits) => Promise<AppStore>

const machine: Scope = { owner: '', dataset: 'shop' }

export function describeLimits(name: string, open: OpenAppStore): void {
  describe(`what ${name} keeps of one owner about one dataset`, () => {
    const limits = { conversations: 3, turns: 6 }
    const answer = { ok: true, text: '12' }

    let store: AppStore
    afterEach(() => store.close())

    async function filled(turns: readonly string[], of = machine) {
      store = await open(limits)
      const dropped: (readonly string[])[] = []
      for (const [at, conversationId] of turns.entries()) {
        const turn = { id: `t${at}`, conversationId, question: `Question ${at}`, answer }
        dropped.push(await store.addTurn(of, turn))
      }
      const kept = (await store.conversations(of)).map(({ id }) => id)
      return { dropped: dropped.flat(), kept }
    }

    it('is so many conversations: the one unused for longest makes room', async () => {
      const { dropped, kept } = await filled(['a', 'b', 'c', 'a', 'd'])
      expect([dropped, kept.toSorted()]).toEqual([['b'], ['a', 'c', 'd']])
      expect(await store.turns(machine, 'b')).toEqual([])
    })

    it('is so many turns, of all conversations together', async () => {
      const { dropped, kept } = await filled(['a', 'a', 'b', 'b', 'b', 'b', 'b'])
      expect([dropped, kept]).toEqual([['a'], ['b']])
    })

    it('is the newest turns of a conversation that is too long alone', async () => {
      const { dropped } = await filled(Array.from({ length: 9 }, () => 'a'))
      expect(dropped).toEqual([])
      const ids = (await store.turns(machine, 'a')).map(({ id }) => id)
      expect(ids).toEqual(['t3', 't4', 't5', 't6', 't7', 't8'])
    })

    it('takes nothing from others', async () => {
      await filled(['a', 'b', 'c'])
      for (const other of [
        { ...machine, owner: 'bob' },
        { ...machine, dataset: 'other' },
      ]) {
        for (const id of ['x', 'y', 'z', 'u']) {
          const turn = { id: `${other.owner}${other.dataset}${id}`, conversationId: id }
          await store.addTurn(other, { ...turn, question: 'Why?', answer })
        }
        expect(await store.conversations(other)).toHaveLength(3)
      }
      expect(await store.conversations(machine)).toHaveLength(3)
    })

    it('is counted: pairs and cards', async () => {
      store = await open()
      await store.addCard(machine, { title: 'One', sql: 'SELECT 1' })
      await store.addCard({ ...machine, owner: 'bob' }, { title: 'Two', sql: 'SELECT 1' })
      await store.approve(machine, { question: 'How many?', sql: 'SELECT 12' })
      expect(await store.holdings(machine)).toEqual({ approvedPairs: 1, cards: 1 })
    })
  })
}
