/** Data that tries to be more than text, on the page of a real service. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

const hostile = [
  '<script>document.title = 1</script>',
  '<img src=https://evil.example/x onerror="document.title = 2">',
  '<a href="https://evil.example/">click here</a>',
  '<b>bold</b> &lt;i&gt; &amp;',
  'javascript:document.title=3',
  '\u202Egnp.exe\u2066 and back',
  'x'.repeat(10_000),
]

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

const columns = Array.from({ length: 300 }, (_, at) => `column_${at}`)
const files = {
  'odd/notes.csv': [
    'note,kind,amount',
    ...hostile.flatMap((note, at) => [1, 2].map((kind) => `${quoted(note)},k${kind},${at + kind}`)),
  ].join('\n'),
  'odd/wide.csv': [columns, columns.map((_, at) => at)].map((row) => row.join(',')).join('\n'),
}

describe.skipIf(skipped)('hostile data', () => {
  let home: TemporaryHome
  let service: RealService
  let browser: Browser
  let page: Page
  let requested: string[]
  let complaints: readonly string[]

  beforeAll(async () => {
    home = await temporaryHome()
    const source = await home.write(files)
    service = await realService({ home: home.path, source, model: slowModel('select 1', 0) })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await service.close()
    await home.remove()
  })
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    requested = []
    complaints = complaintsOf(page)
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(service.url)
  })
  /** Nothing ran, nothing went elsewhere, nothing was held back by the page's policy. */
  afterEach(async () => {
    expect(await page.title()).toBe('Parley')
    expect(complaints).toEqual([])
    const elsewhere = requested.filter((url) => !/^(data|blob):/.test(url))
    expect(elsewhere.filter((url) => new URL(url).origin !== service.url)).toEqual([])
    await page.close()
  })

  async function run(sql: string): Promise<void> {
    await page.fill('#question', sql)
    await page.press('#question', 'Enter')
    await page.locator('.tab-list').waitFor()
    await page.locator('#send').waitFor()
  }

  it('is text in a table, a long cell cut with a title that has it all', async () => {
    await run("SELECT note FROM notes WHERE kind = 'k1' ORDER BY amount")
    await page.getByRole('tab', { name: 'Table' }).click()
    const cells = page.locator('.result tbody td')
    expect((await cells.allTextContents()).slice(0, 6)).toEqual(hostile.slice(0, 6))
    expect(await cells.last().textContent()).toBe(`${'x'.repeat(300)}…`)
    expect((await cells.last().getAttribute('title'))?.length).toBe(10_000)
    expect(await page.locator('.result').locator('img, script, a, b').count()).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280)
  })

  it('is text in charts of every kind that fits', async () => {
    await run('SELECT note, kind, sum(amount) AS amount FROM notes GROUP BY note, kind ORDER BY 3')
    await page.locator('.plot .main-svg').first().waitFor()
    const kinds = page.getByLabel('Kind of chart')
    const offered = await kinds.locator('option').allTextContents()
    expect(offered.length).toBeGreaterThan(2)
    for (const kind of offered) {
      const drawn = page.waitForResponse((response) => response.url().endsWith('/api/v1/chart'))
      await kinds.selectOption({ label: kind.trim() })
      await drawn
      await page.locator('.plot .main-svg').first().waitFor()
      expect(await page.locator('.plot a').count()).toBe(0)
    }
  })

  it('is text in hints, failures and the SQL', async () => {
    await run(`SELECT note AS "<img src=x onerror=alert(1)>" FROM notes LIMIT 2`)
    expect(await page.locator('.turn img').count()).toBe(0)
    await page.getByRole('tab', { name: 'SQL' }).click()
    expect(await page.locator('.sql pre').textContent()).toContain('"<img src=x onerror=alert(1)>"')
    await page.fill('#question', '<img src=x onerror="document.title = 4">')
    await page.press('#question', 'Enter')
    await page.locator('.turn').nth(1).waitFor()
    await page.locator('#send').waitFor()
    expect(await page.locator('.turn img').count()).toBe(0)
  })

  it('with 300 columns stays within the window, and says what was left out', async () => {
    await run('SELECT * FROM wide')
    await page.getByRole('tab', { name: 'Table' }).click()
    expect(await page.locator('.result th').count()).toBe(200)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280)
    expect(await page.locator('.table-note').textContent()).toContain('the result has more')
  })
})
