/** What can be done with an answer, on the page of a real service over a small shop. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('with an answer', () => {
  let home: TemporaryHome
  let service: RealService
  let browser: Browser
  let page: Page
  let complaints: readonly string[]

  beforeAll(async () => {
    home = await temporaryHome()
    const source = await home.write(shopFiles)
    const model = slowModel('select 1', 0)
    service = await realService({ home: home.path, source, model })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await service.close()
    await home.remove()
  })
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    complaints = complaintsOf(page)
    await page.goto(service.url)
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  async function ask(question: string): Promise<void> {
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
    await page.locator('#send').waitFor()
  }

  function shownCells(column: number) {
    return page.locator(`.result tbody tr:not(.spacer) td:nth-child(${column})`).allTextContents()
  }

  it('a number of the text leads to its cell', async () => {
    await ask('Total sales amount by store name')
    expect(await page.locator('.answer-text').textContent()).toBe(
      'Total sales amount by store, 6 rows. Highest is Shop 2 (10,000), lowest is Shop 1 (9,800).',
    )
    const number = page.locator('.cell-link').last()
    const text = await number.textContent()
    await number.click()
    const found = page.locator('.result td[aria-current=true]')
    await found.waitFor()
    expect(await found.count()).toBe(1)
    expect(await found.textContent()).toContain(text)
    expect(await page.getByRole('tab', { name: 'Table' }).getAttribute('aria-selected')).toBe(
      'true',
    )
  })

  it('the chart is drawn as another kind that fits', async () => {
    await ask('Total sales amount by store name')
    await page.locator('.plot .barlayer .point').first().waitFor()
    const kinds = page.getByLabel('Kind of chart')
    expect(await kinds.locator('option').allTextContents()).not.toContain('Line')
    await kinds.selectOption('Pie')
    await page.locator('.plot .pielayer .slice').first().waitFor()
    expect(await page.locator('.plot .pielayer .slice').count()).toBe(6)
    expect(await page.locator('.plot .barlayer .point').count()).toBe(0)
  })

  it('the SQL is changed and run again, through the guard', async () => {
    await ask('Total sales amount in 2023')
    await page.getByRole('tab', { name: 'SQL' }).click()
    await page.getByRole('button', { name: 'Edit' }).last().click()
    const editor = page.getByLabel('SQL to run')
    expect(await editor.inputValue()).toMatch(/\nFROM/)
    await editor.fill('SELECT city, count(*) AS stores FROM stores GROUP BY city ORDER BY 1')
    await editor.press('Control+Enter')
    await page.locator('.turn').nth(1).locator('.result td').first().waitFor({ state: 'attached' })
    await page.locator('#send').waitFor()
    const second = page.locator('.turn').nth(1)
    expect(await second.textContent()).toContain('With your own SQL')
    await second.getByRole('tab', { name: 'Table' }).click()
    expect(await second.locator('.result td').allTextContents()).toEqual([
      'Ashford',
      '2',
      'Barrow',
      '2',
      'Corby',
      '2',
    ])

    await second.getByRole('tab', { name: 'SQL' }).click()
    await second.getByRole('button', { name: 'Edit' }).last().click()
    await page.getByLabel('SQL to run').fill('DROP TABLE stores')
    await page.getByRole('button', { name: 'Run' }).click()
    const alert = page.locator('.turn').nth(2).getByRole('alert')
    await alert.waitFor()
    expect(await alert.getAttribute('data-code')).toBe('sql_refused')
  })

  it('the SQL stands in colours while it is changed, is laid out anew, and keeps no key', async () => {
    await ask('Total sales amount in 2023')
    await page.getByRole('tab', { name: 'SQL' }).click()
    await page.getByRole('button', { name: 'Edit' }).last().click()
    const editor = page.getByLabel('SQL to run')
    await expect.poll(() => editor.evaluate((box) => box.matches(':focus'))).toBe(true)
    await editor.fill("select   1 as one, 'a' from stores   where city = 'Corby'")
    const coloured = page.locator('.sql-layers pre')
    expect(await coloured.locator('.sql-keyword').allTextContents()).toEqual([
      'select',
      'as',
      'from',
      'where',
    ])
    expect(await coloured.locator('.sql-string').allTextContents()).toEqual(["'a'", "'Corby'"])
    const [box, layer] = await Promise.all([editor.boundingBox(), coloured.boundingBox()])
    expect(box?.width).toBeCloseTo(layer?.width ?? 0, 0)
    await page.keyboard.press('Tab')
    const formatting = page.getByRole('button', { name: 'Format' })
    expect(await formatting.evaluate((button) => button.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    expect(await editor.inputValue()).toBe(
      "select 1 as one, 'a'\nfrom stores\nwhere city = 'Corby'",
    )
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await page.locator('.sql-layers').count()).toBe(0)
  })

  it('the table is sorted, filtered and summed up', async () => {
    await ask('Total sales amount by store name')
    await page.getByRole('tab', { name: 'Table' }).click()
    const head = page.getByRole('columnheader').first()
    await head.getByRole('button').click()
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect(await shownCells(1)).toEqual([6, 5, 4, 3, 2, 1].map((id) => `Shop ${id}`))
    await page.getByLabel('Filter the rows').fill('shop 4')
    await expect.poll(() => shownCells(1)).toEqual(['Shop 4'])
    expect(await page.locator('.table-note').textContent()).toContain('1 row match')
    await page.getByLabel('Filter the rows').fill('')
    await page.getByRole('button', { name: 'Statistics' }).click()
    expect(await page.locator('.statistics').first().textContent()).toContain('different6')
    expect(await violationsOf(page)).toEqual([])
  })

  it('what was asked comes back with the arrow key after a reload, for each dataset apart', async () => {
    const question = page.locator('#question')
    for (const asked of ['How many stores are there?', 'How many customers are there?']) {
      await ask(asked)
    }
    await page.reload()
    await question.press('ArrowUp')
    expect(await question.inputValue()).toBe('How many customers are there?')
    await question.press('ArrowUp')
    expect(await question.inputValue()).toBe('How many stores are there?')
    await question.press('ArrowDown')
    await question.press('ArrowDown')
    expect(await question.inputValue()).toBe('')
    const places = await page.evaluate<string[]>('Object.keys(localStorage)')
    expect(places.filter((place) => place.startsWith('parley-asked'))).toEqual([
      `parley-asked ${service.url} `,
    ])
  })

  it('names of the data complete what is typed', async () => {
    await page.locator('#question').pressSequentially('sales by store na')
    const first = page.locator('#completions li').first()
    await first.waitFor()
    expect(await first.textContent()).toContain('store name')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    expect(await first.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Tab')
    expect(await page.inputValue('#question')).toBe('sales by store name')
    expect(await page.locator('#completions li').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.locator('.turn').waitFor()
  })
})
