/** What unknown words of a question could mean, by what the SQL reads. */
import { describe, expect, it } from 'vitest'
import { explainWords } from '../../../agents/generators/explain-words.js'
import type { EmbedTexts } from '../../../agents/intent/nearest-intent.js'
import { retailCatalog } from '../../support/retail-catalog.js'

describe('unknown words', () => {
  it('are taken for the table or column whose name is nearest in meaning', async () => {
    const evidence = await explain(['shops'], 'select count(*) from stores')
    expect(evidence).toMatchObject({ name: 'words explained', value: 0.9 })
    expect(evidence?.note).toContain('“shops” for stores')
  })

  it('are explained in full by a text that the SQL compares with', async () => {
    const joinFree = "select stores.status where stores.store_name = 'Miller''s Yard'"
    expect((await explain(["Miller's Yard"], joinFree))?.value).toBe(1)
    expect((await explain(['yard'], joinFree))?.value).toBe(1)
    expect((await explain(['old Millers Yard'], joinFree))?.value).toBeLessThan(1)
  })

  it('count a number that the SQL has, and not one within another', async () => {
    const joinFree = 'select stores.city where stores.store_id > 200'
    expect((await explain(['200'], joinFree))?.value).toBe(1)
    expect((await explain(['20'], joinFree))?.value).toBe(0)
  })

  it('are explained on average, so that one far word is outweighed by several near ones', async () => {
    const evidence = await explain(['shops', 'gravity'], 'select stores.city')
    expect(evidence?.value).toBeCloseTo(0.45)
  })

  it('stay unexplained by SQL that names nothing, or is none', async () => {
    expect(await explain(['shops'], 'select 1')).toBeUndefined()
    expect(await explain(['shops'], "select 'open")).toBeUndefined()
  })

  it('find quoted names', async () => {
    expect((await explain(['shops'], 'select "stores"."city"'))?.value).toBe(0.9)
  })
})

function explain(words: readonly string[], joinFree: string) {
  return explainWords(words, joinFree, retailCatalog, byMeaning)
}

/** A shop is 0.9 of a store; nothing else is near anything. */
const byMeaning: EmbedTexts = async (texts) =>
  texts.map((text) =>
    text === 'shops'
      ? [0.9, 0]
      : text === 'stores'
        ? [1, 0]
        : [0, 1].map((one) => one * Number(text === 'gravity')),
  )
