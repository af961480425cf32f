/** Generators in the set-up, chosen and compared, in a real browser over the whole service on a small shop. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { type ScriptedModel, scriptedModel } from '../support/scripted-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const skipped = !browserIsThere && !mustTestBrowser
const question = 'Total amount by store name'

describe.skipIf(skipped)('the generators of a set-up', () => {
  let browser: Browser
  let home: TemporaryHome
  let service: RealService
  let page: Page
  let model: ScriptedModel
  let written = 'select sum(sales.amount), stores.store_name group by stores.store_name'
  const complaints: string[] = []

  beforeAll(async () => {
    home = await temporaryHome()
    model = scriptedModel(() => written)
    service = await realService({
      home: home.path,
      source: await home.write(shopFiles),
      model,
      limits: { requestsPerSecond: 1_000 },
    })
    browser = await launchBrowser()
    page = await browser.newPage({
      viewport: { width: 1_280, height: 900 },
      reducedMotion: 'reduce',
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${service.url}/?view=set-up&panel=generators`)
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await home?.remove()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const column = (name: string) => page.getByRole('region', { name, exact: true })

  /** What the service says instead of how its generators are. */
  async function say(change: (status: { name: string }) => object): Promise<void> {
    await page.route('**/api/v1/generators*', async (route) => {
      const response = await route.fetch()
      const { generators, ...rest } = await response.json()
      await route.fulfill({ json: { ...rest, generators: generators.map(change) } })
    })
  }

  async function compare(asked: string): Promise<void> {
    await page.getByLabel('Question', { exact: true }).fill(asked)
    await button('Compare').click()
    await button('Compare').waitFor()
  }

  it('shows each with its state, whatever their names are', async () => {
    await say((status) => ({ ...status, name: `${status.name}-2`, note: 'As told.' }))
    await page.reload()
    for (const name of ['auto-2', 'rules-2', 'local-2'])
      await page.getByRole('radio', { name }).waitFor()
    await page.unroute('**/api/v1/generators*')
  })

  it('follows one that is on its way until it is there', async () => {
    let share = 0.43
    await say((status) => {
      if (status.name !== 'local' || share === 1) return status
      return { ...status, ready: false, note: 'The weights are coming.', loading: { share } }
    })
    await page.reload()
    await page.getByText('On its way 43%').waitFor()
    expect(await page.getByRole('radio', { name: 'Local model' }).isDisabled()).toBe(true)
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('0.43')
    expect(await violationsInBothSchemes(page)).toEqual([])
    share = 1
    await expect
      .poll(() => page.getByText('Ready', { exact: true }).count(), { timeout: 5_000 })
      .toBe(3)
    await page.unroute('**/api/v1/generators*')
  })

  it('says of one that is missing how to get it', async () => {
    await say((status) =>
      status.name === 'local' ? { ...status, ready: false, note: 'Run parley doctor.' } : status,
    )
    await page.reload()
    await page.getByText('Not available').waitFor()
    await page.getByText('Run parley doctor.').waitFor()
    await page.unroute('**/api/v1/generators*')
    await page.reload()
  })

  it('chooses one by keyboard for all questions, in the chat too and after a reload', async () => {
    await page.getByRole('radio', { name: 'Auto' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('radio', { name: 'Local model' }).isChecked()).toBe(true)
    await page.goto(service.url)
    await expect.poll(() => page.locator('#generator').inputValue()).toBe('local')
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
    await page.getByText('by the local model').waitFor()
    await page.locator('#generator').selectOption('rules')
    await page.goto(`${service.url}/?view=set-up&panel=generators`)
    await expect.poll(() => page.getByRole('radio', { name: 'Rules' }).isChecked()).toBe(true)
  })

  it('compares two on a question by keyboard: steps, SQL, chart and rows of each, and whether they are equal', async () => {
    await page.getByLabel('Question', { exact: true }).focus()
    await page.keyboard.type(question)
    await page.keyboard.press('Enter')
    await page.locator('.verdict', { hasText: 'The results differ' }).waitFor()
    for (const name of ['Rules', 'Local model']) {
      await column(name).locator('.facts', { hasText: '6 rows' }).waitFor()
      await column(name).locator('.compared-sql .sql-keyword').first().waitFor()
      await column(name).locator('.plot .point').nth(5).waitFor()
      await column(name).getByText('Shop 1').first().waitFor()
    }
    expect(await column('Local model').locator('mark').count()).toBeGreaterThan(0)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('says when both give the same', async () => {
    written = 'select count(*) from stores'
    await compare('How many stores are there?')
    await page.getByText('Both give the same result.').waitFor()
  })

  it('says when only one gives a result', async () => {
    await compare('What is the flagship shop?')
    await page.getByText('Only Local model gave a result.').waitFor()
  })

  it('leaves the list of conversations alone', async () => {
    const read = await fetch(`${service.url}/api/v1/conversations`)
    const { conversations } = (await read.json()) as { conversations: { title: string }[] }
    expect(conversations.map(({ title }) => title)).toEqual([question])
  })

  it('keeps the one that is right, which answers from then on', async () => {
    await button('Keep this one: Local model').click()
    await page.getByText('Approved: this SQL answers the question from now on.').waitFor()
    const response = await fetch(`${service.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'what is the flagship shop' }),
    })
    expect(await response.json()).toMatchObject({ generator: 'approved' })
  })

  it('stacks the columns on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await compare('How many stores are there?')
    const [rules, local] = [
      await column('Rules').boundingBox(),
      await column('Local model').boundingBox(),
    ]
    expect(rules?.x).toBe(local?.x)
    expect(local?.y).toBeGreaterThan((rules?.y ?? 0) + (rules?.height ?? 0))
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(complaints).toEqual([])
  })
})
