/** Pinned cards, in a real browser over the whole service on a small shop. */
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser
const questions = ['How many stores are there?', 'Total amount by store name']

describe.skipIf(skipped)('the cards of a page', () => {
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
    await page.goto(service.url)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  function button(name: string | RegExp) {
    return page.getByRole('button', { name })
  }

  function card(title: string) {
    return page.getByRole('article', { name: title })
  }

  /** Left, top, width and height in pixels. */
  async function placeOf(title: string) {
    const box = await card(title).boundingBox()
    if (!box) throw new Error(`${title} is not shown.`)
    return box
  }

  async function keptPlaces() {
    const read = await fetch(`${service.url}/api/v1/cards`)
    const { cards } = (await read.json()) as { cards: readonly { layout?: object }[] }
    return cards.map(({ layout }) => layout)
  }

  async function settled(): Promise<void> {
    await page.locator('.card[aria-busy=true]').first().waitFor({ state: 'detached' })
  }

  it('say what they are for while there are none', async () => {
    await page.getByRole('button', { name: 'Cards', exact: true }).click()
    await page.getByText('No cards yet.').waitFor()
    expect(page.url()).toContain('view=board')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.goBack()
    await page.locator('#question').waitFor()
  })

  it('are pinned from answers, and run when the board is shown', async () => {
    for (const [at, question] of questions.entries()) {
      await page.fill('#question', question)
      await page.press('#question', 'Enter')
      await page.locator('.question', { hasText: question }).waitFor()
      await page.locator('#send').waitFor()
      await button('Pin to the cards').last().click()
      await page.getByText('Pinned to the cards.').nth(at).waitFor()
    }
    await page.getByRole('button', { name: 'Cards', exact: true }).click()
    await card('Total amount by store name').locator('.plot .point').nth(5).waitFor()
    expect(await card('How many stores').locator('.number-cards dd').textContent()).toBe('6')
    await page.reload()
    await card('Total amount by store name').locator('.plot .point').nth(5).waitFor()
  })

  it('keep nobody out', async () => {
    await settled()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('are moved and resized by keyboard, and stay so', async () => {
    const before = await placeOf('How many stores')
    await button('Resize “How many stores are there?” with the arrow keys').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await button('Move “How many stores are there?” with the arrow keys').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(keptPlaces).toEqual([
      { x: 1, y: 0, width: 5, height: 3 },
      { x: 4, y: 3, width: 6, height: 4 },
    ])
    const after = await placeOf('How many stores')
    expect(after.width).toBeGreaterThan(before.width)
    expect(after.height).toBeGreaterThan(before.height)
    await page.reload()
    expect(await placeOf('How many stores')).toEqual(after)
  })

  it('are moved by pointer, and make room for each other', async () => {
    const from = await placeOf('Total amount by store name')
    const handle = await card('Total amount by store name').locator('.card-move').boundingBox()
    if (!handle) throw new Error('There is no handle.')
    const start = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(start.x, start.y - from.height, { steps: 4 })
    await page.mouse.up()
    await expect.poll(keptPlaces).toEqual([
      { x: 1, y: 4, width: 5, height: 3 },
      { x: 4, y: 0, width: 6, height: 4 },
    ])
  })

  it('are filtered together, and say where a filter does not apply', async () => {
    await page.getByLabel('Column').selectOption('store_name')
    await page.getByLabel('Value').fill('Shop 2, Shop 3')
    await button('Apply').click()
    const bars = card('Total amount by store name').locator('.plot .point')
    await expect.poll(() => bars.count()).toBe(2)
    await expect
      .poll(() => card('How many stores').locator('.number-cards dd').textContent())
      .toBe('2')
    await page.getByLabel('From').fill('2023-03-01')
    await page.getByLabel('to', { exact: true }).fill('2023-03-31')
    await button('Apply').click()
    await card('How many stores').locator('.warnings li').first().waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await button('Clear').click()
    await expect.poll(() => bars.count()).toBe(6)
  })

  it('are drawn as another kind that fits, and stay so', async () => {
    const kinds = page.getByLabel('Kind of chart of “Total amount by store name”')
    expect(await kinds.locator('option').allTextContents()).not.toContain('Line')
    await kinds.selectOption('Pie')
    const slices = card('Total amount by store name').locator('.plot .slice')
    await expect.poll(() => slices.count()).toBe(6)
    await page.reload()
    await expect.poll(() => slices.count()).toBe(6)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('are saved as a file, and opened from it below those that are there', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Save as a file').click(),
    ])
    const [before, file] = [await keptPlaces(), await download.path()]
    const opening = page.getByLabel('Open a file of cards')
    await opening.setInputFiles(file)
    await page.getByText('Cards from the file: 2.').waitFor()
    expect(await page.locator('.card').count()).toBe(4)
    const bottom = 7
    expect(await keptPlaces()).toEqual([
      ...before,
      { x: 1, y: 4 + bottom, width: 5, height: 3 },
      { x: 4, y: bottom, width: 6, height: 4 },
    ])
    const pies = card('Total amount by store name').last().locator('.plot .slice')
    await expect.poll(() => pies.count()).toBe(6)
    for (const _ of [1, 2]) {
      await button(/^Remove/)
        .last()
        .click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await expect.poll(() => page.locator('.card').count()).toBe(2)
    const buffer = Buffer.from('{"format": "other"}')
    await opening.setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer })
    await page.getByText('There are no cards in this file.').waitFor()
  })

  it('are run again every so often', async () => {
    await page.clock.install()
    await page.reload()
    await page.clock.runFor(2_000)
    await page
      .getByText(/^As of/)
      .nth(1)
      .waitFor()
    const runs: Request[] = []
    page.on('request', (request) => request.url().endsWith('/run') && runs.push(request))
    await page.getByRole('combobox', { name: 'Refresh' }).selectOption('1')
    await page.clock.fastForward(60_000)
    await expect.poll(() => runs.length).toBe(2)
    await page.getByRole('combobox', { name: 'Refresh' }).selectOption('0')
  })

  it('are renamed, and removed when that is confirmed', async () => {
    await button('Rename “How many stores are there?”').click()
    await page.getByRole('dialog').getByLabel('Title').fill('Stores')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.keyboard.press('Enter')
    await card('Stores').waitFor()
    await button('Remove “Stores”').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await card('Stores').waitFor({ state: 'detached' })
    await page.reload()
    await card('Total amount by store name').waitFor()
    expect(await page.locator('.card').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('stand below each other on a phone, and on paper without buttons', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.board-bar').isVisible()).toBe(false)
    expect(await page.locator('.card').isVisible()).toBe(true)
  })
})
