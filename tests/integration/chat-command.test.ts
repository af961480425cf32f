/** `parley chat` from a pipe, in this process; what needs a terminal is in cli-process. */
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { chat } from '../../src/commands/chat.js'
import { recordingContext } from '../support/recording-context.js'
import { shopSales } from '../support/temporary-product.js'
import { useShop } from '../support/use-shop.js'

const shop = useShop()

async function type(lines: readonly string[], json = false) {
  const input = new PassThrough()
  const output = new PassThrough()
  const context = recordingContext({ PARLEY_HOME: shop.home.path })
  input.end(lines.map((line) => `${line}\n`).join(''))
  const code = await chat({ source: shop.source, json }, context, { input, output })
  output.end()
  return { code, shown: await text(output), printed: context.printed }
}

const total = 'Total sales amount in 2023'
const grouped = (year: number) => shopSales(year).toLocaleString('en')

describe('parley chat', () => {
  it('answers line by line, with follow-ups, and ends with the input', async () => {
    const { code, shown } = await type([total, 'And in 2024?'])
    expect(code).toBe(0)
    expect(shown).toMatch(new RegExp(`${grouped(2023)}[\\s\\S]*${grouped(2024)}`))
  })

  it('writes neither colours nor prompts where nobody types', async () => {
    const { shown } = await type([total])
    expect(shown).not.toContain('\u001b')
    expect(shown).not.toContain('parley>')
  })

  it('draws charts and tables, and tells the SQL when asked', async () => {
    const { shown } = await type([
      'Total sales amount by store name',
      '\\sql',
      '\\explain',
      '\\table',
    ])
    expect(shown).toMatch(/Shop \d +█+/)
    expect(shown).toMatch(/SELECT stores\.store_name/)
    expect(shown).toContain('- Read sales.')
    expect(shown.match(/─{5,}/g)?.length).toBeGreaterThan(2)
  })

  it('takes a question back by the number of a choice', async () => {
    const { shown } = await type(['Total sales amount by city', '1'])
    expect(shown).toMatch(/ {2}1 {2}\S[\s\S]* {2}2 {2}\S[\s\S]*(?:Ashford|Barrow)/)
  })

  it('begins anew, changes the generator, and says what there is', async () => {
    const { shown } = await type([
      '\\help',
      total,
      '\\new',
      '\\sql',
      '\\generator rules',
      '\\generator nothing',
      '\\tables',
      '\\nothing',
      '\\quit',
      'And in 2024?',
    ])
    expect(shown).toMatch(/\\generator \[name\]/)
    expect(shown).toContain('There is no SQL yet.')
    expect(shown).toContain('There is no generator of that name.')
    expect(shown).toMatch(/sales, 1,200 rows: sale_id/)
    expect(shown).toContain('There is no \\nothing')
    expect(shown).not.toContain(grouped(2024))
  })

  it('prints one answer a line as JSON', async () => {
    const { printed } = await type([total, 'And in 2024?'], true)
    const answers = printed.map((line) => JSON.parse(line))
    expect(answers).toMatchObject([{ rows: [[shopSales(2023)]] }, { rows: [[shopSales(2024)]] }])
    expect(answers[1].conversationId).toBe(answers[0].conversationId)
  })
})
