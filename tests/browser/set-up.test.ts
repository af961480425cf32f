/** The set-up of a page and the way to its panels, in a real browser over the whole service on a small shop. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { slowModel } from '../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('the set-up of a page', () => {
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
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  function button(name: string | RegExp) {
    return page.getByRole('button', { name })
  }

  function heading(name: string) {
    return page.getByRole('heading', { name, exact: true })
  }

  it('loads its script when it is opened, and not before', async () => {
    const scripts: string[] = []
    page.on('request', (request) => scripts.push(request.url()))
    await page.goto(service.url)
    await button('Ask').waitFor()
    expect(scripts.filter((url) => url.includes('set-up'))).toEqual([])
    await button('Set up').focus()
    await page.keyboard.press('Enter')
    await heading('Data').waitFor()
    expect(scripts.some((url) => url.includes('parley-set-up'))).toBe(true)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('is where the address says, through reload, back and forward', async () => {
    expect(new URL(page.url()).search).toBe('?view=set-up')
    await page.reload()
    await heading('Data').waitFor()
    await page.goBack()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Your question' }).isVisible())
      .toBe(true)
    expect(await heading('Data').count()).toBe(0)
    await page.goForward()
    await heading('Data').waitFor()
  })

  it('shows its first panel for an address with a name of none', async () => {
    await page.goto(`${service.url}/?view=set-up&panel=nothing`)
    await heading('Data').waitFor()
    expect(
      await page.getByRole('link', { name: 'Data', exact: true }).getAttribute('aria-current'),
    ).toBe('page')
  })

  it('says that a panel did not come, and fetches it when asked again', async () => {
    let isBroken = true
    await page.route('**/chunks/parley-data-panel*', (route) =>
      isBroken ? route.abort() : route.continue(),
    )
    await page.goto(`${service.url}/?view=set-up`)
    await page.getByText('This panel could not be loaded.').waitFor()
    isBroken = false
    await button('Try again').click()
    await page.getByText('Your data', { exact: true }).waitFor()
  })

  it('says why nothing can be added where that is so', async () => {
    // As under row policies, where the service says no more than this.
    await page.route('**/api/v1/datasets', async (route) => {
      const { datasets } = await (await route.fetch()).json()
      await route.fulfill({ json: { datasets, canAdd: false } })
    })
    await page.goto(`${service.url}/?view=set-up`)
    await page.getByText('Nothing can be added here.').waitFor()
    await page.getByText(/Row policies decide/).waitFor()
    expect(await button('Choose files').count()).toBe(0)
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.unroute('**/api/v1/datasets')
  })

  it('fits a phone, where the drawer leads to it', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(service.url)
    await button('Conversations').click()
    await button('Set up').click()
    await heading('Data').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(complaints).toEqual([])
  })
})
