/** Answers on paper: whole, without what is to be pressed, and one alone where that is wanted. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('a chat on paper', () => {
  let home: TemporaryHome
  let service: RealService
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    home = await temporaryHome()
    const source = await home.write(shopFiles)
    service = await realService({ home: home.path, source, model: slowModel('select 1', 0) })
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'dark' })
    await page.addInitScript('window.print = () => (window.printed = true)')
    await page.goto(service.url)
    for (const question of ['Total sales amount by month', 'List all sales']) {
      await page.fill('#question', question)
      await page.press('#question', 'Enter')
      await page.locator('.question', { hasText: question }).waitFor()
      await page.locator('#send').waitFor()
    }
    await page.locator('.plot .main-svg').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  afterEach(() => leavePaper())

  async function print(): Promise<void> {
    await page.emulateMedia({ media: 'print' })
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
  }

  async function leavePaper(): Promise<void> {
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await page.emulateMedia({ media: 'screen' })
  }

  function turn(at: number) {
    return page.locator('.turn').nth(at)
  }

  it('has every row, the chart, the SQL, and nothing to press', async () => {
    const rows = turn(1).locator('.result tbody tr:not(.spacer)')
    const drawn = await rows.count()
    await print()
    const shown = Number(await turn(1).locator('.result table').getAttribute('aria-rowcount')) - 1
    expect(shown).toBeGreaterThan(drawn)
    expect(await rows.count()).toBe(shown)
    for (const part of ['.plot', '.result', '.sql pre']) {
      expect(await turn(0).locator(part).isVisible(), part).toBe(true)
    }
    for (const control of ['.composer', '.tab-list', '.answer-tools', '.chart-kind', '.sidebar']) {
      expect(await page.locator(control).first().isVisible(), control).toBe(false)
    }
    await leavePaper()
    await expect.poll(() => rows.count()).toBe(drawn)
  })

  it('is dark on white, charts within the paper, whatever the screen is like', async () => {
    const axis = turn(0).locator('.plot .xtick text').first()
    const colourOf = () => axis.getAttribute('style')
    const onScreen = await colourOf()
    await print()
    await expect.poll(colourOf).not.toBe(onScreen)
    const chart = await turn(0).locator('.plot .main-svg').first().boundingBox()
    expect(chart?.width).toBe(680)
    await leavePaper()
    await expect.poll(colourOf).toBe(onScreen)
    const pages = await page.pdf({ format: 'A4' })
    expect(pages.byteLength).toBeGreaterThan(10_000)
  })

  it('is one answer alone when that is asked for', async () => {
    await turn(0).getByRole('button', { name: 'Export' }).click()
    await turn(0).getByRole('button', { name: 'Print' }).click()
    expect(await page.evaluate('window.printed')).toBe(true)
    await print()
    expect(await turn(0).isVisible()).toBe(true)
    expect(await turn(1).isVisible()).toBe(false)
    await leavePaper()
    expect(await turn(1).isVisible()).toBe(true)
  })
})
