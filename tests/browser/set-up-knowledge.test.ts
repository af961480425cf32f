/** Documents, terms and approved SQL in the set-up, in a real browser over the whole service on a small shop. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('the knowledge of a set-up', () => {
  let browser: Browser
  let home: TemporaryHome
  let service: RealService
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    home = await temporaryHome()
    service = await realService({
      home: home.path,
      source: await home.write(shopFiles),
      model: slowModel('select 1', 0),
      limits: { requestsPerSecond: 1_000 },
    })
    browser = await launchBrowser()
    page = await browser.newPage({
      viewport: { width: 1_280, height: 900 },
      reducedMotion: 'reduce',
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${service.url}/?view=set-up&panel=knowledge`)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const tab = (name: RegExp) => page.getByRole('tab', { name })

  async function ask(message: string) {
    const response = await fetch(`${service.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message, keep: false }),
    })
    return (await response.json()) as { rows?: unknown[][]; generator?: string }
  }

  it('says what it is for while there is none', async () => {
    await page.getByText('Nothing approved yet.').waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('takes a term by keyboard, and shows at the field what the service says of it', async () => {
    await tab(/Approved SQL/).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('No terms yet.').waitFor()
    await button('Add a term').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('takings')
    await page.keyboard.press('Tab')
    await page.keyboard.type('till, cash')
    await field('Table').selectOption('sales')
    await field('Calculation').fill('sum(moon)')
    await page.keyboard.press('Enter')
    const complaint = page.locator('[data-field=expression] .complaint')
    await complaint.getByText('moon').waitFor()
    const focused = page.locator('input:focus')
    expect(await focused.getAttribute('name')).toBe('expression')
    expect(await focused.getAttribute('aria-invalid')).toBe('true')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await focused.fill('sum(amount)')
    expect(await complaint.count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'takings' }).waitFor()
    await page.getByText('Also: till, cash').waitFor()
    await expect.poll(async () => (await ask('till')).rows).toHaveLength(1)
  })

  it('offers the values of a column for a term that stands for one', async () => {
    await button('Add a term').click()
    await field('Term').fill('seaside')
    await field('Table').selectOption('stores')
    await field('It stands for').selectOption('value')
    await field('Column').selectOption('city')
    expect(await page.locator('datalist option').count()).toBe(3)
    await field('Value').fill('Ashford')
    await button('Save').click()
    await page.getByText("stores.city = 'Ashford'").waitFor()
  })

  it('changes what is there, and leaves a form by Escape to where it was opened', async () => {
    await button('Edit “takings”').click()
    await page.keyboard.press('Escape')
    expect(await page.locator('button:focus').getAttribute('aria-label')).toBe('Edit “takings”')
    await button('Edit “takings”').click()
    await field('Further words for the same').fill('till')
    await button('Save').click()
    await page.getByText('Also: till', { exact: true }).waitFor()
    expect(await page.locator('button:focus').getAttribute('aria-label')).toBe('Edit “takings”')
  })

  it('keeps approved SQL, which is checked, highlighted, and answers from then on', async () => {
    await tab(/Approved SQL/).click()
    await button('Add a question').click()
    await field('Question').fill('How many regulars?')
    await field('SQL').fill('DELETE FROM customers')
    await button('Save').click()
    await page.locator('[data-field=sql] .complaint').waitFor()
    await field('SQL').fill("SELECT count(*) AS n FROM customers WHERE city = 'Ashford'")
    await button('Save').click()
    await page.locator('.entry .sql-keyword', { hasText: 'SELECT' }).waitFor()
    expect(await ask('how many regulars')).toMatchObject({ generator: 'approved', rows: [[10]] })
    await button('Edit “How many regulars?”').click()
    await field('SQL').fill('SELECT 7 AS n')
    await button('Save').click()
    await page.locator('.entry .sql-number', { hasText: '7' }).waitFor()
    expect(await ask('how many regulars')).toMatchObject({ rows: [[7]] })
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('keeps documents, finds one by a word of its text, and deletes it once that is sure', async () => {
    await tab(/Documents/).click()
    for (const [title, text] of [
      ['Returns', 'Goods come back within 14 days.'],
      ['Loyalty', 'Regulars are in customers.'],
    ] as const) {
      await button('Add a document').click()
      await field('Title').fill(title)
      await field('Text').fill(text)
      await button('Save').click()
      await page.getByRole('heading', { name: title }).waitFor()
    }
    await page.getByRole('searchbox', { name: 'Search documents' }).fill('regulars')
    expect(await page.getByRole('heading', { name: 'Returns' }).count()).toBe(0)
    await button('Delete “Loyalty”').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await button('Delete “Loyalty”').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nothing has these words.').waitFor()
    await page.getByRole('searchbox', { name: 'Search documents' }).fill('')
    await page.getByRole('heading', { name: 'Returns' }).waitFor()
  })

  it('goes out as a file, and in again by choosing and by dropping one', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Save as a file').click(),
    ])
    const written = await readFile(await download.path(), 'utf8')
    expect(written).toContain('How many regulars?')
    const file = { name: 'other.yaml', mimeType: '', buffer: Buffer.from(`${written}`) }
    const chooser = page.locator('parley-knowledge-file input')
    await chooser.setInputFiles(file)
    await page
      .getByText('Taken in from other.yaml: 1 document, 2 terms, 1 approved question.')
      .waitFor()
    await drop('more.json', '{"parley":1,"docs":[{"title":"Winds","text":"They blow."}]}')
    await page.getByText('Taken in from more.json: 1 document.').waitFor()
    await page.getByRole('heading', { name: 'Winds' }).waitFor()
  })

  it('says of a file that does not fit what is wrong with it, and takes nothing', async () => {
    const broken =
      'parley: 1\ndocs: [{title: New, text: New}]\nsql_pairs: [{question: q, sql: DROP}]'
    await drop('broken.yaml', broken)
    await page.getByText('Nothing was taken in').waitFor()
    await page.getByText(/sql_pairs\.0: /).waitFor()
    expect(await page.getByRole('heading', { name: 'New', exact: true }).count()).toBe(0)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('shows text as text, whatever it is', async () => {
    const text = '<img src=x onerror="document.title=1"> \u202E<b>'
    await drop('hostile.json', JSON.stringify({ parley: 1, docs: [{ title: text, text }] }))
    await page.getByText('Taken in from hostile.json').waitFor()
    await page.getByRole('heading', { name: '<img src=x' }).waitFor()
    expect(await page.locator('.entry img').count()).toBe(0)
  })

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const name of [/Approved SQL/, /Terms/, /Documents/]) {
      await tab(name).click()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    }
    expect(complaints).toEqual([])
  })

  async function drop(name: string, text: string): Promise<void> {
    const carried = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
      return transfer
    })()`)
    await page.dispatchEvent('.knowledge', 'drop', { dataTransfer: carried })
  }
})
