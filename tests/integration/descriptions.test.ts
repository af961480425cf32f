/** Descriptions of tables and columns: what they change for questions, and what is kept of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Orchestrator } from '../../src/orchestrator.js'
import {
  answered,
  failed,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

let home: TemporaryHome
let shop: Orchestrator
const files = {
  'till/t_kd.csv': `kd_id,grp_cd,rgn\n${rows((id) => [id, ['PRV', 'BIZ'][id % 2], ['N', 'S', 'W'][id % 3]])}`,
  'till/t_bon.csv': `bon_id,kd_id,vk_dt,btr_nt\n${rows((id) => [id, id, `2024-01-${String((id % 28) + 1).padStart(2, '0')}`, id])}`,
}

function rows(row: (id: number) => readonly unknown[]): string {
  return `${Array.from({ length: 60 }, (_, at) => row(at + 1).join(',')).join('\n')}\n`
}

beforeAll(async () => {
  home = await temporaryHome()
  shop = await home.open({ source: await home.write(files), generator: 'rules' })
}, 120_000)
afterAll(() => home?.remove())

const question = 'total turnover by customer group'

describe('a question in words that the data does not know', () => {
  it('is answered once they are described, until the descriptions are taken away', async () => {
    const before = await shop.catalog()
    failed(await shop.process(question))
    const handbook = shop.handbook()
    const told = [
      [{ table: 't_bon', column: 'btr_nt' }, 'Turnover, net of tax and of what was given back'],
      [{ table: 'T_KD', column: 'GRP_CD' }, 'The customer group (PRV = private, BIZ = business)'],
      [{ table: 't_kd' }, 'Customers'],
    ] as const
    for (const [target, text] of told)
      expect(await handbook.describe(target, text)).toMatchObject({ ok: true })
    const answer = answered(await shop.process(question))
    expect(answer.sql).toMatch(/sum\(.*btr_nt/i)
    expect(answer.rows.toSorted()).toEqual([
      ['BIZ', 900],
      ['PRV', 930],
    ])
    expect((await handbook.descriptions()).map(({ table, column }) => [table, column])).toEqual([
      ['t_bon', 'btr_nt'],
      ['t_kd', undefined],
      ['t_kd', 'grp_cd'],
    ])
    const after = await shop.catalog()
    expect(after.tables.find(({ name }) => name === 't_kd')?.comment).toBe('Customers')
    expect(after.version).not.toBe(before.version)
    for (const [target] of told) await handbook.describe(target, '')
    expect(await handbook.descriptions()).toEqual([])
    failed(await shop.process(question))
  })

  it('is found by what was written at length too', async () => {
    const text = 'Whoever holds a loyalty membership card of the chain, since they signed for it'
    const found = async () => (await shop.process('loyalty membership')).trace
    expect(JSON.stringify(await found())).not.toContain('t_kd')
    await shop.handbook().describe({ table: 't_kd' }, text)
    expect(JSON.stringify(await found())).toContain('t_kd')
    await shop.handbook().describe({ table: 't_kd' }, '')
  })
})

describe('a description', () => {
  it('of what is not there is refused', async () => {
    for (const target of [{ table: 'moon' }, { table: 't_kd', column: 'moon' }]) {
      expect(await shop.handbook().describe(target, 'far')).toMatchObject({
        ok: false,
        failure: { code: 'unknown' },
      })
    }
  })

  it('outlives a restart', async () => {
    await shop.handbook('ada').describe({ table: 't_bon' }, 'Receipts')
    await shop.close()
    shop = await home.open({ source: await home.write(files), generator: 'rules' })
    expect(await shop.handbook().descriptions()).toMatchObject([
      { table: 't_bon', text: 'Receipts', changedBy: 'ada' },
    ])
    expect(answered(await shop.process('how many receipts')).rows).toEqual([[60]])
    await shop.handbook().describe({ table: 't_bon' }, '')
  })
})
