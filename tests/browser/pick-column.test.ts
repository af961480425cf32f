/** A reader who sees the wrong column picks the right one and keeps it, on the page of a real service. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'
import { orderFiles } from '../support/two-dates-shop.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('with an answer that took the wrong column', () => {
  let home: TemporaryHome
  let service: RealService
  let browser: Browser
  let page: Page
  let complaints: readonly string[]

  beforeAll(async () => {
    home = await temporaryHome()
    const source = await home.write(orderFiles)
    service = await realService({ home: home.path, source, model: slowModel('select 1', 0) })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })
  beforeEach(async () => {
    page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    })
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

  function turn(at: number) {
    return page.locator('.turn').nth(at)
  }

  it('asks again with the right one by keyboard alone, and approves it so that it sticks', async () => {
    await ask('Total amount')
    expect(await turn(0).locator('.answer-text').textContent()).toContain('300')
    await turn(0).getByRole('button', { name: 'Pick the column' }).focus()
    await page.keyboard.press('Enter')
    const choice = page.getByLabel('“amount” was read as')
    await expect.poll(() => choice.evaluate((select) => select.matches(':focus'))).toBe(true)
    expect(await choice.locator('option').allTextContents()).toEqual([
      'orders.amount (as it is)',
      'orders.net_amount',
    ])
    expect(await violationsInBothSchemes(page)).toEqual([])
    await choice.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    await turn(1).locator('.answer-text', { hasText: '270' }).waitFor()
    expect(await turn(1).locator('.rewritten li').textContent()).toBe(
      'Read with orders.net_amount instead of orders.amount',
    )
    await page.locator('#send').waitFor()
    expect(await turn(1).getByLabel('Question', { exact: true }).inputValue()).toBe('Total amount')
    await turn(1).getByRole('button', { name: 'Save' }).click()
    await turn(1).getByText('Approved: this SQL answers').waitFor()

    await page.reload()
    await ask('Total amount')
    await turn(2).locator('.answer-text', { hasText: '270' }).waitFor()
    expect(await turn(2).locator('.approved-mark').count()).toBe(1)
  })

  it('corrects a second column on top of the first', async () => {
    await ask('Average amount by month')
    await turn(0).getByRole('button', { name: 'Pick the column' }).click()
    const dates = turn(0).locator('.column-form label', { hasText: 'orders.ordered_on' })
    await dates.getByRole('combobox').selectOption('orders.delivered_on')
    await turn(0).getByRole('button', { name: 'Ask again' }).click()
    await turn(1).locator('.answer-text').filter({ hasText: /\S/ }).waitFor()
    await page.locator('#send').waitFor()
    await turn(1).getByRole('button', { name: 'Pick the column' }).click()
    await turn(1).getByLabel('“amount” was read as').selectOption('orders.net_amount')
    await turn(1).getByRole('button', { name: 'Ask again' }).click()
    await turn(2).locator('.answer-text').filter({ hasText: /\S/ }).waitFor()
    await page.locator('#send').waitFor()
    expect(await turn(2).locator('.rewritten li').allTextContents()).toEqual([
      'Read with orders.delivered_on instead of orders.ordered_on',
      'Read with orders.net_amount instead of orders.amount',
    ])
    await turn(2).getByRole('tab', { name: 'SQL' }).click()
    const sql = await turn(2).locator('.sql pre').textContent()
    expect(sql).toContain('net_amount')
    expect(sql).not.toContain('ordered_on')
  })
})
