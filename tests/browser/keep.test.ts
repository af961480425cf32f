/** What people keep and correct, in a real browser over the whole service on a small shop. */
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('the page over a real service', () => {
  let browser: Browser
  let context: BrowserContext
  let home: TemporaryHome
  let service: RealService
  let page: Page
  const tokens: Record<string, string> = {}

  beforeAll(async () => {
    home = await temporaryHome()
    const store = openKeyStore(home.path)
    for (const scope of ['ask', 'curate'] as const) {
      const created = await store.create(scope, scope)
      if (created.ok) tokens[scope] = created.token
    }
    service = await realService({
      home: home.path,
      source: await home.write(shopFiles),
      model: slowModel('select 1', 0),
      limits: { requestsPerSecond: 1_000 },
      keys: { store, required: true },
    })
    browser = await launchBrowser()
    // One context for all, so that the chart library is compiled once.
    context = await browser.newContext({
      viewport: { width: 1_280, height: 900 },
      reducedMotion: 'reduce',
    })
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })
  beforeEach(async () => {
    page = await pageOf('curate')
  })
  afterEach(() => page.close())

  async function pageOf(scope: 'ask' | 'curate'): Promise<Page> {
    const opened = await context.newPage()
    const kept = JSON.stringify([`parley-api-key ${service.url}`, tokens[scope]])
    await opened.addInitScript(`sessionStorage.setItem(...${kept})`)
    await opened.goto(service.url)
    return opened
  }

  async function ask(question: string): Promise<void> {
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
    await page.locator('.question', { hasText: question }).last().waitFor()
    await page.locator('#send').waitFor()
  }

  function listed() {
    return page.locator('.conversation-title')
  }

  function button(name: string | RegExp) {
    return page.getByRole('button', { name })
  }

  async function saved(press: () => Promise<void>) {
    const [download] = await Promise.all([page.waitForEvent('download'), press()])
    return {
      name: download.suggestedFilename(),
      text: await readFile(await download.path(), 'utf8'),
    }
  }

  async function beginAnew(): Promise<void> {
    await button('New conversation').click()
    await page.locator('#welcome').waitFor()
  }

  it('keeps conversations, newest first, and opens one again after a reload', async () => {
    await ask('How many stores are there?')
    await beginAnew()
    await ask('How many customers are there?')
    await expect
      .poll(() => listed().allTextContents())
      .toEqual(['How many customers are there?', 'How many stores are there?'])
    await listed().nth(1).click()
    await page.locator('.question', { hasText: 'stores' }).waitFor()
    expect(page.url()).toMatch(/\?conversation=/)
    await page.reload()
    await page.locator('.question', { hasText: 'How many stores are there?' }).waitFor()
    expect(await page.locator('[aria-current=page] .conversation-title').textContent()).toBe(
      'How many stores are there?',
    )
    await page.getByRole('tab', { name: 'SQL' }).click()
    expect(await page.locator('.sql pre').textContent()).toMatch(/count/i)
    await page.goBack()
    await page.locator('.question', { hasText: 'customers' }).waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('shows of an earlier answer how it came about, and its rows as they were typed', async () => {
    await beginAnew()
    await ask('Total sales amount by month in 2023')
    const facts = await page.locator('.facts').textContent()
    await page.reload()
    await page.locator('.earlier').waitFor()
    expect(await page.locator('.facts').textContent()).toBe(facts)
    await page.getByRole('tab', { name: 'SQL' }).click()
    expect(await page.locator('.explanation li').count()).toBeGreaterThan(1)
    await page.getByRole('tab', { name: 'How I got here' }).click()
    for (const part of ['Steps', 'Confidence', 'Attempts', 'What was looked up', 'Fingerprint']) {
      await page.locator('.how h3', { hasText: part }).waitFor()
    }
    await button('Run again').click()
    await page.getByRole('tab', { name: 'Table' }).click()
    const month = page.locator('.result tbody tr:not(.spacer) td').first()
    await month.waitFor()
    expect(await month.getAttribute('data-kind')).toBe('date')
    await page.getByRole('tab', { name: 'Chart' }).click()
    expect(await page.getByLabel('Kind of chart').locator('option').count()).toBeGreaterThan(1)
  })

  it('goes on with a conversation that was opened again', async () => {
    await listed().filter({ hasText: 'stores' }).click()
    await page.locator('.earlier').waitFor()
    await ask('and customers?')
    await page.reload()
    await page.locator('.question', { hasText: 'and customers?' }).waitFor()
    expect(await page.locator('.turn').count()).toBe(2)
  })

  it('finds a conversation by its words', async () => {
    await page.getByLabel('Search conversations').fill('customers are')
    await expect.poll(() => listed().allTextContents()).toEqual(['How many customers are there?'])
    await page.getByLabel('Search conversations').fill('weather')
    await page.getByText('No conversation has these words.').waitFor()
  })

  it('renames a conversation, saves it as a file and deletes it when that is confirmed', async () => {
    await ask('Total amount by store name')
    await button('More about “Total amount by store name”').click()
    await button('Rename').click()
    await page.getByLabel('Title').fill('Amounts <b>')
    await page.keyboard.press('Enter')
    await listed().filter({ hasText: 'Amounts <b>' }).waitFor()

    await expect.poll(() => button('Save as Markdown').isVisible()).toBe(true)
    const markdown = await saved(() => button('Save as Markdown').click())
    expect(markdown.name).toBe('amounts-b.md')
    expect(markdown.text).toContain('# Amounts \\<b\\>\n\n## Total amount by store name')
    expect(markdown.text).toMatch(/```sql\nSELECT[^`]+\n```/)
    const json = await saved(() => button('Save as JSON').click())
    const [turn] = JSON.parse(json.text).turns
    expect(turn).toMatchObject({ question: 'Total amount by store name', ok: true })
    expect(turn.sql).toContain('SELECT')
    expect(await violationsInBothSchemes(page)).toEqual([])

    await button('Delete').click()
    const dialog = page.getByRole('dialog')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await listed().filter({ hasText: 'Amounts' }).count()).toBe(1)
    await button('Delete').click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.locator('#welcome').waitFor()
    await expect.poll(() => listed().filter({ hasText: 'Amounts' }).count()).toBe(0)
    expect(page.url()).not.toContain('conversation')
  })

  it('says so when the address names a conversation that is gone', async () => {
    await page.goto(`${service.url}/?conversation=gone`)
    await page.getByText('This conversation is not there any more.').waitFor()
    await expect.poll(() => page.url()).toBe(`${service.url}/`)
  })

  it('has a drawer where there is no room for a sidebar', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.locator('#sidebar').isVisible()).toBe(false)
    await button('Conversations').click()
    expect(await violationsInBothSchemes(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.keyboard.press('Escape')
    expect(await page.locator('#sidebar').isVisible()).toBe(false)
    await button('Conversations').click()
    await listed().first().click()
    await page.locator('.turn').first().waitFor()
    expect(await page.locator('#sidebar').isVisible()).toBe(false)
  })

  it('keeps a judgement with its reason', async () => {
    await ask('How many sales are there?')
    await button('This is wrong').click()
    await page.getByLabel('What is wrong?').fill('Refunds are missing')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await button('Send').click()
    await page.getByText('Thank you, noted.').waitFor()
    await page.reload()
    await page.locator('.earlier').waitFor()
    expect(await button('This is wrong').getAttribute('aria-pressed')).toBe('true')
    await button('This is wrong').click()
    expect(await page.getByLabel('What is wrong?').inputValue()).toBe('Refunds are missing')
    await button('This is right').click()
    await expect.poll(() => button('This is right').getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByLabel('What is wrong?').count()).toBe(0)
  })

  it('saves an answer as an approved pair, and marks answers by such pairs', async () => {
    await ask('How many stores are there?')
    expect(await page.locator('.approved-mark').count()).toBe(0)
    await button('Approve the SQL').click()
    await page.getByLabel('Question', { exact: true }).fill('What is our footprint?')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await button('Save').click()
    await page.getByText('Approved: this SQL answers the question from now on.').waitFor()
    await beginAnew()
    await ask('What is our footprint?')
    expect(await page.locator('.approved-mark').textContent()).toContain('By approved SQL')
    await page.reload()
    await page.locator('.approved-mark').waitFor()
  })

  it('says plainly that a key may not approve', async () => {
    await page.close()
    page = await pageOf('ask')
    await ask('How many stores are there?')
    await button('Approve the SQL').click()
    await button('Save').click()
    await page.getByText('This key may ask but not approve.').waitFor()
  })

  it('saves all of a result as a file of each kind', async () => {
    await ask('Total amount by store name')
    await button('Export').click()
    expect(await violationsInBothSchemes(page)).toEqual([])
    const csv = await saved(() => button('CSV').click())
    expect(csv.name).toBe('total-amount-by-store-name.csv')
    expect(csv.text.split('\n')).toHaveLength(8)
    await page.getByText('Saved total-amount-by-store-name.csv, 6 rows.').waitFor()
    const json = await saved(() => button('JSON').click())
    expect(JSON.parse(json.text)).toHaveLength(6)
    const workbook = await saved(() => button('Excel').click())
    expect(workbook.text.slice(0, 2)).toBe('PK')
    const parquet = await saved(() => button('Parquet').click())
    expect(parquet.text.slice(0, 4)).toBe('PAR1')
  })

  it('saves a chart as a picture, and copies an answer as Markdown', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await ask('Total amount by store name')
    await button('Export').click()
    const svg = await saved(() => button('SVG').click())
    expect(svg.text).toMatch(/^<svg/)
    expect(svg.text).toContain('Shop 3')
    const png = await saved(() => button('PNG').click())
    expect(png.name).toBe('total-amount-by-store-name.png')
    expect(png.text.slice(1, 4)).toBe('PNG')
    expect(png.text.length).toBeGreaterThan(10_000)
    await button('Copy as Markdown').click()
    await button('Copied').waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toMatch(/^## Total amount by store name\n/)
    expect(copied).toMatch(/\| Shop 3 \| [\d.]+ \|/)
  })

  it('reads the rows of an earlier answer again when asked to', async () => {
    await listed().filter({ hasText: 'Total amount by store name' }).first().click()
    await page.locator('.earlier').waitFor()
    expect(await page.getByRole('tab', { name: 'Table' }).count()).toBe(0)
    await button('Run again').click()
    await page.locator('.plot .main-svg').first().waitFor()
    await page.getByRole('tab', { name: 'Table' }).click()
    expect(await page.locator('.result tbody tr').count()).toBe(6)
    expect(await button('Run again').count()).toBe(0)
  })
})
