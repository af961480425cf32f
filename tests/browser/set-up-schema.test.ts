/** The schema browser, in real use over a database with keys, comments, and names that try to be more than text. */

import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

const hostileTable = '<img src=x onerror=document.title=1>'
const hostileCell = '<script>document.title = 2</script>'
const wide = Array.from({ length: 300 }, (_, at) => `${at} AS column_${at}`)
const statements = [
  'CREATE TABLE shops (shop_id INTEGER PRIMARY KEY, city VARCHAR)',
  'CREATE TABLE bons (bon_id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shops (shop_id), sold_on DATE, btr DECIMAL(9,2))',
  "INSERT INTO shops SELECT i, ['Ashford', 'Barrow', 'Corby'][i % 3 + 1] FROM range(1, 13) t(i)",
  "INSERT INTO bons SELECT i, i % 12 + 1, DATE '2024-01-01' + (i % 90)::INTEGER, i FROM range(1, 121) t(i)",
  "COMMENT ON TABLE bons IS 'What the tills wrote'",
  `CREATE TABLE "${hostileTable}" ("</li><b>bold" VARCHAR, "\u202Egnp.exe" VARCHAR)`,
  `INSERT INTO "${hostileTable}" VALUES ('${hostileCell}', '<a href="https://evil.example/">here</a>')`,
  `CREATE TABLE wide AS SELECT ${wide.join(', ')}`,
]

describe.skipIf(skipped)('the schema of a page', () => {
  let browser: Browser
  let home: TemporaryHome
  let service: RealService
  let page: Page
  let complaints: readonly string[]
  const requested: string[] = []

  beforeAll(async () => {
    home = await temporaryHome()
    const source = join(home.path, 'tills.duckdb')
    await writeDatabaseFile(source, async (connection) => {
      for (const statement of statements) await connection.run(statement)
    })
    const model = slowModel('select 1', 0)
    const limits = { requestsPerSecond: 1_000 }
    service = await realService({ home: home.path, source, model, limits })
    browser = await launchBrowser()
    page = await browser.newPage({
      viewport: { width: 1_280, height: 900 },
      reducedMotion: 'reduce',
    })
    complaints = complaintsOf(page)
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(`${service.url}/?view=set-up&panel=schema`)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  function button(name: string | RegExp) {
    return page.getByRole('button', { name, exact: true })
  }

  function column(name: string) {
    return page.locator(`.schema-column[data-column="${name}"]`)
  }

  function search() {
    return page.getByRole('searchbox', { name: 'Search tables' })
  }

  function part() {
    return new URL(page.url()).searchParams.get('part')
  }

  async function schemaRoute() {
    const read = await fetch(`${service.url}/api/v1/schema`)
    const { tables } = (await read.json()) as {
      tables: readonly { name: string; comment?: string; sourceComment?: string }[]
    }
    return tables.find(({ name }) => name === 'bons')
  }

  it('lists tables with their rows, and finds them by table and column', async () => {
    await page.getByText('4 tables, 308 columns').waitFor()
    await button('bons 120 rows').waitFor()
    await search().fill('shop_id')
    await page.getByText('2 found').waitFor()
    await search().fill('moon')
    await page.getByText('No table or column has these words.').waitFor()
    await search().fill('tills wrote')
    await page.getByText('1 found').waitFor()
    await button('bons 120 rows').waitFor()
    await search().fill('')
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('shows columns with type, keys and what is in them', async () => {
    await button('bons 120 rows').click()
    await page.getByRole('heading', { name: 'bons' }).waitFor()
    expect(part()).toBe('bons')
    expect(await column('btr').textContent()).toMatch(/DECIMAL\(9,2\)[\s\S]*1 to 120/)
    expect(await column('sold_on').textContent()).toContain('2024-01-01 to 2024-03-30')
    expect(await column('bon_id').textContent()).toContain('key')
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('follows keys both ways, and back', async () => {
    await button('Leads to shops.shop_id').click()
    await page.getByRole('heading', { name: 'shops' }).waitFor()
    expect(await column('shop_id').getAttribute('data-sought')).toBe('true')
    expect(await column('city').textContent()).toMatch(/Ashford\s+Barrow\s+Corby/)
    await button('bons.shop_id').click()
    await page.getByRole('heading', { name: 'bons' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'shops' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'bons' }).waitFor()
  })

  it('shows sample rows when asked for them', async () => {
    expect(requested.some((url) => url.includes('/samples'))).toBe(false)
    await button('Show sample rows').click()
    await page.getByRole('region', { name: 'Result rows' }).waitFor()
    expect(await page.locator('.sample-rows tbody tr').count()).toBe(10)
  })

  it('keeps what is written beside what the source says, through reloads and for questions', async () => {
    const said = page.locator('.schema-table > parley-description')
    await said.getByText('What the tills wrote').waitFor()
    await button('Edit: bons').click()
    await page.getByLabel('Description: bons').fill('Receipts, what customers paid for')
    await button('Save').click()
    await said.getByText('Saved. Questions know it from now on.').waitFor()
    await said.getByText('Understood in questions: Receipts').waitFor()
    expect(await schemaRoute()).toMatchObject({
      comment: 'Receipts, what customers paid for',
      sourceComment: 'What the tills wrote',
    })
    await page.reload()
    await said.getByText('Receipts, what customers paid for').first().waitFor()
    await said.getByText('The source says: What the tills wrote').waitFor()
    await search().fill('receipts')
    await button(/^bons 120 rows/).waitFor()
    await search().fill('')
    const asked = await fetch(`${service.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'How many receipts are there?', generator: 'rules' }),
    })
    expect(await asked.json()).toMatchObject({ ok: true, rows: [[120]] })
  })

  it('takes back what was written, and what took it back', async () => {
    const said = page.locator('.schema-table > parley-description')
    await button('Reset to what the source says: bons').click()
    await said.getByRole('button', { name: 'Undo' }).waitFor()
    expect((await schemaRoute())?.comment).toBe('What the tills wrote')
    await said.getByRole('button', { name: 'Undo' }).click()
    await said.getByText('As it was before.').waitFor()
    expect((await schemaRoute())?.comment).toBe('Receipts, what customers paid for')
    await button('Reset to what the source says: bons').click()
    await button('Edit: bons').waitFor()
    await expect.poll(() => button('Reset to what the source says: bons').count()).toBe(0)
  })

  it('keeps what was typed when it cannot be saved', async () => {
    await button('Describe: btr').click()
    const field = page.getByLabel('Description: btr')
    await field.fill('Amount')
    await page.context().setOffline(true)
    await button('Save').click()
    await column('btr').getByText('Parley does not answer.').waitFor()
    expect(await field.inputValue()).toBe('Amount')
    await page.context().setOffline(false)
    await button('Save').click()
    await column('btr').getByText('Saved.').waitFor()
  })

  it('is used by keyboard alone', async () => {
    await search().focus()
    await page.keyboard.type('city')
    await page.getByText('1 found').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'shops' }).waitFor()
    expect(await column('city').getAttribute('data-sought')).toBe('true')
    await button('Describe: city').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('Town')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await column('city').getByText('Saved.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel('Description: city').waitFor()
    await page.keyboard.press('Escape')
    await button('Edit: city').waitFor()
    await search().fill('')
  })

  it('shows names and cells as what they are, text', async () => {
    await search().fill('onerror')
    await page.locator('.table-link').click()
    await page.getByRole('heading', { name: hostileTable }).waitFor()
    await button('Show sample rows').click()
    await page.getByRole('cell', { name: hostileCell }).waitFor()
    expect(await page.locator('.schema-table :is(b, img, a, script)').count()).toBe(0)
    expect(await page.title()).toBe('Parley')
    await page.reload()
    await page.getByRole('heading', { name: hostileTable }).waitFor()
    expect(requested.filter((url) => !url.startsWith(service.url))).toEqual([])
  })

  it('filters the columns of a wide table, and fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await button('← All tables').click()
    await search().fill('')
    await button('wide 1 row').click()
    await page.getByRole('heading', { name: 'wide' }).waitFor()
    expect(await page.locator('.schema-column').count()).toBe(300)
    await page.getByLabel('Filter the columns').fill('column_29')
    await expect.poll(() => page.locator('.schema-column').count()).toBe(11)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('says that a table is not there, and throws nothing', async () => {
    await page.goto(`${service.url}/?view=set-up&panel=schema&part=moon`)
    await page.getByText('There is no table moon in this data.').waitFor()
    expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  })
})
