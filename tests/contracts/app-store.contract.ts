/** What every app store must do, run by each implementation. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppStore, Scope } from '../../data/store/app-store.js'
import { describeLimits, type OpenAppStore } from './app-store-limits.contract.js'

const ada: Scope = { owner: 'ada', dataset: 'shop' }
const bob: Scope = { owner: 'bob', dataset: 'shop' }
const machine: Scope = { owner: '', dataset: 'shop' }
const elsewhere: Scope = { owner: 'ada', dataset: 'clinic' }

export function describeAppStore(name: string, open: OpenAppStore): void {
  describeLimits(name, open)
  describe(`${name} as an app store`, () => {
    let store: AppStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const say = (scope: Scope, conversationId: string, id: string, question: string) =>
      store.addTurn(scope, { id, conversationId, question, answer: { ok: true, text: `re ${id}` } })

    it('keeps the turns of a conversation in order, titled after the first', async () => {
      await say(ada, 'one', 't1', 'Total sales in 2023')
      await say(ada, 'one', 't2', 'and in 2024?')
      expect(await store.conversations(ada)).toMatchObject([
        { id: 'one', title: 'Total sales in 2023', turns: 2 },
      ])
      const turns = await store.turns(ada, 'one')
      expect(turns.map(({ id, question }) => [id, question])).toEqual([
        ['t1', 'Total sales in 2023'],
        ['t2', 'and in 2024?'],
      ])
      expect(turns[0]?.answer).toEqual({ ok: true, text: 're t1' })
    })

    it('lists the conversation last spoken in first, and no more than asked for', async () => {
      for (const id of ['a', 'b', 'c']) await say(ada, id, `turn-${id}`, id)
      await new Promise((resolve) => setTimeout(resolve, 5))
      await say(ada, 'a', 'turn-a2', 'again')
      const listed = await store.conversations(ada, { limit: 2 })
      expect(listed.map(({ id }) => id)).toEqual(['a', 'c'])
    })

    it('finds conversations by words of their titles and questions, taken literally', async () => {
      await say(ada, 'sales', 's1', 'Total sales')
      await say(ada, 'sales', 's2', 'only 100% discounts')
      await say(ada, 'stores', 's3', 'How many stores?')
      const found = async (search: string) =>
        (await store.conversations(ada, { search })).map(({ id }) => id)
      expect(await found('TOTAL')).toEqual(['sales'])
      expect(await found('0% disc')).toEqual(['sales'])
      expect(await found('%')).toEqual(['sales'])
      expect(await found('s_ores')).toEqual([])
    })

    it('renames and removes a conversation with everything in it', async () => {
      await say(ada, 'one', 't1', 'Total sales')
      expect(await store.renameConversation(ada, 'one', 'Sales')).toBe(true)
      expect((await store.conversations(ada))[0]?.title).toBe('Sales')
      expect(await store.removeConversation(ada, 'one')).toBe(true)
      expect(await store.turns(ada, 'one')).toEqual([])
      expect(await store.findTurn(ada, 't1')).toBeUndefined()
      expect(await store.renameConversation(ada, 'one', 'Sales')).toBe(false)
      expect(await store.removeConversation(ada, 'one')).toBe(false)
    })

    it('keeps the last judgement of an answer', async () => {
      await say(ada, 'one', 't1', 'Total sales')
      expect(await store.giveFeedback(ada, 't1', { verdict: 'down', reason: 'net' })).toBe(true)
      expect(await store.giveFeedback(ada, 't1', { verdict: 'up' })).toBe(true)
      expect((await store.findTurn(ada, 't1'))?.feedback).toEqual({ verdict: 'up' })
      expect(await store.giveFeedback(ada, 'unknown', { verdict: 'up' })).toBe(false)
    })

    it('finds an approved pair by an equal question, however it is typed', async () => {
      const pair = await store.approve(ada, { question: 'Total  sales?', sql: 'SELECT 1' })
      for (const asked of ['total sales', ' TOTAL SALES !', 'Total sales?']) {
        expect((await store.findApprovedPair(ada, asked))?.id).toBe(pair.id)
      }
      expect(await store.findApprovedPair(ada, 'total sale')).toBeUndefined()
    })

    it('has one pair for a question: the one approved last', async () => {
      await store.approve(ada, { question: 'Total sales', sql: 'SELECT 1' })
      const second = await store.approve(ada, { question: 'total sales?', sql: 'SELECT 2' })
      expect(await store.approvedPairs(ada)).toEqual([second])
      expect(await store.removeApprovedPair(ada, second.id)).toBe(true)
      expect(await store.removeApprovedPair(ada, second.id)).toBe(false)
      expect(await store.findApprovedPair(ada, 'Total sales')).toBeUndefined()
    })

    it('shows pairs approved at the machine to everybody, and prefers the own one', async () => {
      const common = await store.approve(machine, { question: 'Total sales', sql: 'SELECT 1' })
      expect((await store.findApprovedPair(bob, 'total sales'))?.id).toBe(common.id)
      expect(await store.removeApprovedPair(bob, common.id)).toBe(false)
      const own = await store.approve(bob, { question: 'Total sales', sql: 'SELECT 2' })
      expect((await store.findApprovedPair(bob, 'total sales'))?.id).toBe(own.id)
      expect((await store.findApprovedPair(ada, 'total sales'))?.id).toBe(common.id)
    })

    it('shares a user’s pair where that is wanted, and says whose it is', async () => {
      const own = await store.approve(ada, { question: 'Mine', sql: 'SELECT 1' })
      const shared = await store.approve(ada, { question: 'Ours', sql: 'SELECT 2', shared: true })
      expect([own.shared, shared.shared, shared.approvedBy]).toEqual([false, true, 'ada'])
      expect(await store.approvedPairs(bob)).toEqual([shared])
      expect(await store.removeApprovedPair(machine, shared.id)).toBe(true)
    })

    it('changes a pair in its place, the own or a shared one, and says who did', async () => {
      const own = await store.approve(ada, { question: 'Mine', sql: 'SELECT 1' })
      const shared = await store.approve(ada, { question: 'Ours', sql: 'SELECT 2', shared: true })
      const change = { question: 'Ours now', sql: 'SELECT 3' }
      expect(await store.changeApprovedPair(bob, own.id, change)).toBeUndefined()
      expect(await store.changeApprovedPair(elsewhere, shared.id, change)).toBeUndefined()
      expect(await store.changeApprovedPair(bob, shared.id, change)).toMatchObject({
        ...change,
        id: shared.id,
        shared: true,
        approvedBy: 'bob',
      })
      expect(await store.findApprovedPair(ada, 'ours')).toBeUndefined()
      const joined = { question: 'mine?', sql: 'SELECT 4' }
      const other = await store.approve(ada, { question: 'Other', sql: 'SELECT 5' })
      expect(await store.changeApprovedPair(ada, other.id, joined)).toMatchObject({ shared: false })
      const left = (await store.approvedPairs(ada)).map(({ id }) => id)
      expect(left.toSorted()).toEqual([other.id, shared.id].toSorted())
    })

    it('keeps, changes and removes cards', async () => {
      const layout = { x: 0, y: 1, width: 6, height: 4 }
      const card = await store.addCard(ada, { title: 'Sales', sql: 'SELECT 1', chartKind: 'bar' })
      expect(await store.cards(ada)).toMatchObject([{ id: card.id, title: 'Sales' }])
      expect(await store.changeCard(ada, card.id, { layout })).toEqual({ ...card, layout })
      expect(await store.cards(ada)).toEqual([expect.objectContaining({ layout, sql: 'SELECT 1' })])
      expect(await store.removeCard(ada, card.id)).toBe(true)
      expect(await store.changeCard(ada, card.id, { title: 'x' })).toBeUndefined()
      expect(await store.removeCard(ada, card.id)).toBe(false)
    })

    it.each([
      ['another user', bob],
      ['another dataset', elsewhere],
    ])('shows and changes nothing of %s', async (_, stranger) => {
      await say(ada, 'one', 't1', 'Total sales')
      const pair = await store.approve(ada, { question: 'Total sales', sql: 'SELECT 1' })
      const card = await store.addCard(ada, { title: 'Sales', sql: 'SELECT 1' })
      expect(await store.conversations(stranger)).toEqual([])
      expect(await store.turns(stranger, 'one')).toEqual([])
      expect(await store.findTurn(stranger, 't1')).toBeUndefined()
      expect(await store.approvedPairs(stranger)).toEqual([])
      expect(await store.findApprovedPair(stranger, 'Total sales')).toBeUndefined()
      expect(await store.cards(stranger)).toEqual([])
      const attempts = [
        store.renameConversation(stranger, 'one', 'x'),
        store.removeConversation(stranger, 'one'),
        store.giveFeedback(stranger, 't1', { verdict: 'down' }),
        store.removeApprovedPair(stranger, pair.id),
        store.removeCard(stranger, card.id),
      ]
      expect(await Promise.all(attempts)).toEqual(attempts.map(() => false))
      expect(await store.changeCard(stranger, card.id, { title: 'x' })).toBeUndefined()
      expect(await store.conversations(ada)).toHaveLength(1)
    })

    it('lets two users have conversations of one id apart', async () => {
      await say(ada, 'same', 't1', 'of Ada')
      await say(bob, 'same', 't2', 'of Bob')
      expect((await store.turns(ada, 'same')).map(({ id }) => id)).toEqual(['t1'])
      await store.removeConversation(bob, 'same')
      expect(await store.turns(ada, 'same')).toHaveLength(1)
    })

    it('keeps texts that look like SQL or are not ASCII as they are', async () => {
      const question = `Robert'); DROP TABLE turns;-- ✓ "ß"\n end`
      await say(ada, 'one', 't1', question)
      expect((await store.findTurn(ada, 't1'))?.question).toBe(question)
    })

    it('can be closed twice', async () => {
      await store.close()
      await store.close()
    })

    it('keeps what is told of a dataset for everybody, and counts its changes', async () => {
      const { handbook } = store
      expect(await handbook.revision('shop')).toBe(0)
      const told = { table: 'kd', column: 'grp', text: 'Group', changedBy: 'ada' }
      await handbook.describe('shop', told)
      await handbook.describe('shop', { table: 'kd', text: 'Customers', changedBy: '' })
      await handbook.describe('shop', { ...told, text: 'Segment', changedBy: 'bob' })
      expect(await handbook.descriptions('shop')).toMatchObject([
        { table: 'kd', text: 'Customers', changedBy: '' },
        { table: 'kd', column: 'grp', text: 'Segment', changedBy: 'bob' },
      ])
      expect((await handbook.descriptions('shop'))[0]).not.toHaveProperty('column')
      expect(await handbook.descriptions('clinic')).toEqual([])
      expect([await handbook.revision('shop'), await handbook.revision('clinic')]).toEqual([3, 0])
      await handbook.describe('shop', { ...told, text: '' })
      expect(await handbook.descriptions('shop')).toHaveLength(1)
      expect(await handbook.revision('shop')).toBe(4)
    })

    it('keeps, changes and removes documents and terms of a dataset', async () => {
      const { handbook } = store
      const given = { title: 'Returns', text: 'Within 14 days.', changedBy: 'ada' }
      const kept = mustBeThere(await handbook.addDocument('shop', given))
      expect(await handbook.documents('shop')).toEqual([kept])
      const text = 'Within 30 days.'
      expect(await handbook.changeDocument('shop', kept.id, { ...given, text })).toMatchObject({
        id: kept.id,
        text,
      })
      expect(await handbook.changeDocument('clinic', kept.id, given)).toBeUndefined()
      const meaning = { synonyms: ['till'], table: 'bon', expression: 'sum(btr)', changedBy: 'ada' }
      const first = mustBeThere(await handbook.addTerm('shop', { ...meaning, term: 'Takings' }))
      const lower = { ...meaning, term: 'takings', synonyms: [] }
      const second = mustBeThere(await handbook.addTerm('shop', lower))
      expect(await handbook.terms('shop')).toEqual([second])
      expect(await handbook.removeTerm('shop', first.id)).toBe(false)
      const changed = { ...meaning, term: 'Revenue' }
      expect(await handbook.changeTerm('shop', second.id, changed)).toMatchObject({
        term: 'Revenue',
      })
      expect(await handbook.changeTerm('shop', first.id, changed)).toBeUndefined()
      expect([await handbook.terms('clinic'), await handbook.documents('clinic')]).toEqual([[], []])
      expect(await handbook.removeTerm('shop', second.id)).toBe(true)
      expect(await handbook.removeDocument('shop', kept.id)).toBe(true)
      expect(await handbook.revision('shop')).toBe(7)
    })

    it('adds no more than there may be, and lets what is equal take its place', async () => {
      const { handbook } = store
      const document = { title: 'Returns', text: 'Within 14 days.', changedBy: '' }
      const term = { term: 'takings', synonyms: [], table: 'bon', column: 'btr', changedBy: '' }
      const adding = Array.from({ length: 5 }, () => handbook.addDocument('shop', document, 3))
      expect((await Promise.all(adding)).filter(Boolean)).toHaveLength(3)
      await handbook.addTerm('shop', term, 1)
      expect(await handbook.addTerm('shop', { ...term, term: 'till' }, 1)).toBeUndefined()
      expect(await handbook.addTerm('shop', { ...term, term: 'Takings' }, 1)).toBeDefined()
    })

    it('loses nothing on the way out and in: documents of one title, more pairs than a list shows', async () => {
      const documents = ['One', 'Two'].map((text) => ({ title: 'Returns', text, changedBy: '' }))
      const pairs = Array.from({ length: 1_200 }, (_, at) => {
        return { question: `Question ${at}`, sql: 'SELECT 1', shared: at % 2 === 0 }
      })
      const given = { descriptions: [], documents, terms: [], pairs }
      await store.handbook.importAll(ada, given)
      await store.handbook.importAll(ada, given)
      expect((await store.handbook.documents('shop')).map(({ text }) => text)).toEqual([
        'One',
        'Two',
      ])
      expect(await store.approvedPairs(ada)).toHaveLength(1_000)
      expect(await store.approvedPairs(ada, 10_000)).toHaveLength(1_200)
    })

    it('takes an import in as a whole, equal things in the place of others', async () => {
      const { handbook } = store
      const by = { changedBy: 'ada' }
      const given = {
        descriptions: [{ table: 'bon', text: 'Receipts', ...by }],
        documents: [{ title: 'Returns', text: 'Never.', ...by }],
        terms: [{ term: 'takings', synonyms: [], table: 'bon', column: 'btr', ...by }],
        pairs: [{ question: 'How many?', sql: 'SELECT 12', shared: true }],
      }
      await handbook.importAll(ada, given)
      await handbook.importAll(ada, given)
      const counts = [handbook.descriptions, handbook.documents, handbook.terms].map(
        async (list) => (await list('shop')).length,
      )
      expect(await Promise.all(counts)).toEqual([1, 1, 1])
      expect(await store.approvedPairs(bob)).toMatchObject([
        { sql: 'SELECT 12', approvedBy: 'ada' },
      ])
      const broken = { ...given, documents: [{ ...given.documents[0], title: 'New' }, undefined] }
      await expect(handbook.importAll(ada, broken as never)).rejects.toThrow()
      expect(await handbook.documents('shop')).toMatchObject([{ title: 'Returns' }])
    })
  })
}

function mustBeThere<Entry>(entry: Entry | undefined): Entry {
  if (!entry) throw new Error('Nothing was added.')
  return entry
}
