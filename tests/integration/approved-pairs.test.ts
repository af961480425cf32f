/** Corrections that stick: a pair approved once answers the equal question from then on, for its user and its data. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Orchestrator } from '../../src/index.js'
import { answered, failed, openShop, type TemporaryHome } from '../support/temporary-product.js'

let home: TemporaryHome
let source: string
let orchestrator: Orchestrator

beforeAll(async () => {
  ;({ home, source, orchestrator } = await openShop())
})

afterAll(() => home.remove())

const sql = "SELECT count(*) AS regulars FROM customers WHERE city = 'Ashford'"

it('answers an equal question with the approved SQL, and says so', async () => {
  const question = 'How many regulars are there?'
  expect(failed(await orchestrator.process(question)).error.code).toBe('not_understood')
  const approved = await orchestrator.notebook().approve({ question, sql })
  if (!approved.ok) throw new Error(approved.failure.message)
  const answer = answered(await orchestrator.process('how many regulars are there'))
  expect([answer.sql, answer.generator, answer.rows]).toEqual([sql, 'approved', [[10]]])
  expect(answer.provenance?.approvedPair).toEqual({
    id: approved.pair.id,
    approvedBy: '',
    approvedAt: approved.pair.approvedAt,
  })
  expect(answer.provenance?.reason).toContain('approved')
  expect(answer.trace.map(({ node }) => node)).not.toContain('generateSql')
  await orchestrator.notebook().removeApprovedPair(approved.pair.id)
  expect((await orchestrator.process(question)).ok).toBe(false)
})

it('takes the SQL of an answer, or other SQL for its question', async () => {
  const answer = answered(await orchestrator.process('how many stores are there?'))
  const notebook = orchestrator.notebook()
  const asItWas = await notebook.approve({ answerId: answer.id })
  expect(asItWas).toMatchObject({ ok: true, pair: { question: answer.question, sql: answer.sql } })
  const better = "SELECT count(*) AS stores FROM stores WHERE city <> 'Corby'"
  await notebook.approve({ answerId: answer.id, sql: better })
  expect(answered(await orchestrator.process('how many stores are there?')).rows).toEqual([[4]])
  expect(await notebook.approvedPairs()).toHaveLength(1)
  const unknown = await notebook.approve({ answerId: 'no-such-answer' })
  expect(unknown).toMatchObject({ ok: false, failure: { code: 'answer_unknown' } })
})

it.each([
  ['changes data', "UPDATE customers SET city = 'x'", 'sql_refused'],
  ['reads files', "SELECT * FROM read_csv('/etc/passwd')", 'sql_refused'],
  ['is two statements', 'SELECT 1; SELECT 2', 'sql_refused'],
  ['names no column of the data', 'SELECT nothing FROM stores', 'sql_invalid'],
])('refuses to keep SQL that %s, as a pair and as a card', async (_, bad, code) => {
  const notebook = orchestrator.notebook()
  const before = (await notebook.approvedPairs()).length
  const pair = await notebook.approve({ question: 'Anything at all?', sql: bad })
  const card = await notebook.pin({ title: 'Anything', sql: bad })
  expect([pair, card]).toMatchObject([
    { ok: false, failure: { code } },
    { ok: false, failure: { code } },
  ])
  expect(await notebook.approvedPairs()).toHaveLength(before)
  expect(await notebook.cards()).toEqual([])
})

it('guards the SQL of a pair at each use: what was slipped into the file does not run', async () => {
  const { openSqliteAppStore } = await import('../../data/store/sqlite-app-store.js')
  const slipped = openSqliteAppStore(join(home.path, 'conversations.sqlite'))
  const scope = await scopeOfPairs()
  await slipped.approve(scope, {
    question: 'Show the secrets',
    sql: "SELECT * FROM read_text('/etc/passwd')",
  })
  await slipped.close()
  const answer = await orchestrator.process('show the secrets')
  expect(JSON.stringify(answer)).not.toContain('root:')
  expect(answer.provenance?.approvedPair).toBeUndefined()
  expect(answer.warnings.join()).toContain('does not fit')
})

/** The name the product keeps things under, as its file says. */
async function scopeOfPairs() {
  const { default: Database } = await import('libsql')
  const file = new Database(join(home.path, 'conversations.sqlite'))
  const [dataset] = file.prepare('SELECT dataset FROM turns').raw().get() as string[]
  file.close()
  return { owner: '', dataset: dataset ?? '' }
}

it('keeps a user’s pairs from other users, and shares those of the machine', async () => {
  await orchestrator.notebook('ada').approve({ question: 'How many friends?', sql })
  expect(answered(await orchestrator.process('how many friends?', { user: 'ada' })).rows).toEqual([
    [10],
  ])
  for (const user of ['bob', undefined]) {
    const other = await orchestrator.process('how many friends?', { user })
    expect(other.provenance?.approvedPair).toBeUndefined()
    expect(other.ok).toBe(false)
  }
  await orchestrator.notebook().approve({ question: 'How many neighbours?', sql })
  const shared = await orchestrator.process('How many neighbours?', { user: 'bob' })
  expect(answered(shared).generator).toBe('approved')
})

it('shows the pairs of no other dataset', async () => {
  await orchestrator.notebook().approve({ question: 'How many stores have we?', sql })
  const file = (await home.write({ 'other/stores.csv': 'store_id,city\n1,Ashford\n' })).replace(
    /shop$/,
    'other',
  )
  const other = await home.open({ source: file })
  expect(await other.notebook().approvedPairs()).toEqual([])
  const answer = await other.process('How many stores have we?')
  expect(answer.provenance?.approvedPair).toBeUndefined()
  await other.close()
})

it('leaves the SQL to the generator that was asked for by name', async () => {
  const question = 'how many customers are there?'
  await orchestrator.notebook().approve({ question, sql })
  const rules = answered(await orchestrator.process(question, { generator: 'rules' }))
  expect([rules.generator, rules.rows]).toEqual(['rules', [[20]]])
  expect(answered(await orchestrator.process(question)).generator).toBe('approved')
})

it('shows near pairs beside what was retrieved', async () => {
  const notebook = orchestrator.notebook()
  await notebook.approve({ question: 'Total sales of regulars by city', sql })
  const answer = await orchestrator.process('Total sales of regulars by store name')
  const step = answer.trace.find(({ node }) => node === 'retrieveContext')
  expect(step?.details?.similarPairs).toContain('Total sales of regulars by city')
  expect(answer.provenance?.documents.some(({ id }) => id.startsWith('pair:'))).toBe(true)
})

it('warns where approved SQL has its dates fixed and the question has not', async () => {
  const question = 'Which sales were made last month?'
  const dated = "SELECT count(*) AS n FROM sales WHERE sold_on >= DATE '2024-08-01'"
  await orchestrator.notebook().approve({ question, sql: dated })
  const { warnings } = answered(await orchestrator.process(question))
  expect(warnings.join()).toContain('those of its approval')
})

it('has pairs, conversations, judgements and cards after a restart', async () => {
  const conversationId = 'kept'
  const answer = await orchestrator.process('how many customers are there?', { conversationId })
  const notebook = orchestrator.notebook()
  await notebook.giveFeedback(answer.id, { verdict: 'down', reason: 'only the active ones' })
  await notebook.pin({ title: 'Regulars', sql, chartKind: 'number' })
  await orchestrator.close()
  await rm(join(home.path, 'imports'), { recursive: true, force: true })
  orchestrator = await home.open({ source })
  const again = orchestrator.notebook()
  expect(await again.cards()).toMatchObject([{ title: 'Regulars', sql }])
  expect(await again.turns(conversationId)).toMatchObject([
    {
      id: answer.id,
      answer: { ok: true, generator: 'approved', sql },
      feedback: { verdict: 'down', reason: 'only the active ones' },
    },
  ])
  const asked = await orchestrator.process('how many customers are there?')
  expect(answered(asked).generator).toBe('approved')
  expect(await again.removeConversation(conversationId)).toBe(true)
  expect(await again.turns(conversationId)).toEqual([])
})
