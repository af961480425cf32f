/** The page in a real browser, over the real application and a recorded conversation. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  browserIsThere,
  launchBrowser,
  missingBrowser,
  mustTestBrowser,
} from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { droppingProxy } from '../support/dropping-proxy.js'
import { closedGate } from '../support/gate.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser
if (skipped) console.warn(missingBrowser)

/** What these tests read of an element that is pressed or filled in. */
interface Control {
  readonly labels?: { readonly length: number }
  readonly ariaLabel: string | null
  readonly textContent: string | null
  readonly outerHTML: string
}

let browser: Browser
beforeAll(async () => {
  if (!skipped) browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.skipIf(skipped)('the page', () => {
  let context: BrowserContext
  let server: ServedStandIn
  let page: Page
  let requested: string[]
  let complaints: readonly string[]
  /** What a demo waits for before it is open. */
  let opening = Promise.resolve()
  /** What the rows of an answer wait for. */
  let data = Promise.resolve()

  beforeAll(async () => {
    // So long a grace that only an explicit cancel can end an answer.
    server = await serveStandIn({
      stepDelayMs: 2,
      graceMs: 600_000,
      opening: () => opening,
      before: (event) => (event.type === 'data' ? data : undefined),
    })
    // One context for all, so that the chart library is compiled once.
    context = await browser.newContext({ viewport: { width: 1200, height: 900 } })
  })
  afterAll(async () => {
    await context?.close()
    await server?.close()
  })

  beforeEach(async () => {
    page = await context.newPage()
    requested = []
    complaints = complaintsOf(page)
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(server.url)
  })
  afterEach(() => page.close())

  function lastCall() {
    return server.orchestrator.calls.at(-1)
  }

  async function ask(question: string): Promise<void> {
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
  }

  /** Asks and waits until nothing more comes. */
  async function askAndWait(question: string): Promise<void> {
    await ask(question)
    await page.locator('#send').waitFor()
  }

  function tab(name: string) {
    return page.getByRole('tab', { name })
  }

  it('stays where it is when a file is dropped on it', async () => {
    // The browser would show the file in its place if nobody prevented that.
    const isLetThrough = await page.evaluate(`(() => {
      const carried = new DataTransfer()
      carried.items.add(new File(['a,b'], 'sales.csv'))
      const options = { dataTransfer: carried, bubbles: true, cancelable: true, composed: true }
      const target = document.querySelector('parley-page')
      return ['dragover', 'drop'].map((kind) => target.dispatchEvent(new DragEvent(kind, options)))
    })()`)
    expect(isLetThrough).toEqual([false, false])
  })

  it('answers with live steps, then text, chart, table, SQL and how it got there', async () => {
    const gate = closedGate()
    data = gate.passed
    await ask('Sales by region')
    await page.locator('.live-list li').nth(1).waitFor()
    expect(await page.locator('.live-list li').first().textContent()).toMatch(/region.*\d ms/)
    gate.open()
    await page.locator('.plot .main-svg').first().waitFor()
    await page.locator('#send').waitFor()
    expect(await page.locator('.answer-text').textContent()).toContain('North sold the most')
    expect(await page.locator('.plot .point').count()).toBe(5)

    await tab('Table').click()
    expect(await page.locator('.result tbody tr').count()).toBe(5)
    expect(await page.locator('.result td').nth(1).textContent()).toBe('4,812,340.50')

    await tab('SQL').click()
    expect(await page.locator('.sql pre').textContent()).toContain('JOIN region ON')
    expect(await page.locator('.explanation li').count()).toBe(4)

    await tab('How I got here').click()
    const how = await page.locator('.how').textContent()
    for (const fact of [
      'f3a91c0d2b7e',
      'table:sale_line',
      '0.21',
      "“north” → region.name = 'North'",
      'binds',
    ])
      expect(how).toContain(fact)
    expect(await page.locator('.live').count()).toBe(0)
  })

  it('loads the chart library with the first chart and asks no other origin for anything', async () => {
    await page.locator('.chip').first().waitFor()
    await askAndWait('Total sales in 2023')
    expect(await page.locator('.number-cards dd').textContent()).toBe('15,755,212.60')
    expect(requested.some((url) => url.includes('plotly'))).toBe(false)
    await askAndWait('Sales by region')
    await page.locator('.plot .main-svg').first().waitFor()
    expect(requested.some((url) => url.includes('plotly'))).toBe(true)
    const elsewhere = requested.filter((url) => !/^(data|blob):/.test(url))
    expect(elsewhere.filter((url) => new URL(url).origin !== server.url)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('falls back to the table when the chart cannot be drawn', async () => {
    await page.route('**/plotly.min.js', (route) => route.abort())
    await askAndWait('Sales by region')
    await page.locator('.result tbody tr').first().waitFor()
    expect(await tab('Chart').count()).toBe(0)
  })

  it('offers the demos, opens the chosen one and asks it in a conversation of its own', async () => {
    await askAndWait('Total sales in 2023')
    await page.getByLabel('Data to ask about').selectOption({ label: 'Finance' })
    expect(await page.locator('#welcome').isVisible()).toBe(true)
    expect(await page.locator('#subject').textContent()).toContain('a bank')
    await page.getByRole('button', { name: 'How many accounts are open?' }).click()
    await page.locator('.turn .answer-text, .turn [role=alert]').first().waitFor()
    await page.locator('#send').waitFor()
    const [call] = server.datasets.demos.get('finance')?.calls ?? []
    expect(call?.question).toBe('How many accounts are open?')
    expect(call?.options.conversationId).toBeUndefined()

    await page.getByLabel('Data to ask about').selectOption({ label: 'sales.duckdb' })
    expect(await page.locator('.question').textContent()).toBe('Total sales in 2023')
    await askAndWait('And by region?')
    expect(lastCall()?.options.conversationId).toMatch(/^conversation-/)
    expect(await page.locator('.turn').count()).toBe(2)
  })

  it('says how far the opening of a demo is, and keeps the choice when it is loaded again', async () => {
    const gate = closedGate()
    opening = gate.passed
    await page.locator('#dataset option').nth(5).waitFor({ state: 'attached' })
    await page.focus('#dataset')
    await page.keyboard.type('Health')
    await page.getByText('Building the demo: 50%').waitFor()
    gate.open()
    await page.locator('#opening:empty').waitFor({ state: 'attached' })
    await page.reload()
    await expect.poll(() => page.inputValue('#dataset')).toBe('healthcare')
    expect(await page.locator('.samples button').first().textContent()).toContain('patients')
  })

  it('asks back with buttons and sends the choice in the same conversation', async () => {
    await askAndWait('Sales in Springfield')
    await page.getByRole('button', { name: 'The city Springfield' }).click()
    await page.locator('.turn').nth(1).waitFor()
    await page.locator('#send').waitFor()
    const [first, second] = server.orchestrator.calls.slice(-2)
    expect(first?.options.conversationId).toBeUndefined()
    expect(second?.question).toBe('Sales in the city Springfield in 2023')
    expect(second?.options.conversationId).toMatch(/^conversation-/)
  })

  it('explains a failure, with hints and questions that will work', async () => {
    await askAndWait('How is the weather')
    const alert = page.getByRole('alert')
    expect(await alert.textContent()).toContain('Nothing in this data is called "weather"')
    expect(await alert.locator('li').count()).toBe(1)
    await page.getByRole('button', { name: 'Total sales in 2023' }).last().click()
    await page.locator('.number-cards').waitFor()
  })

  it('shows a refusal of the service itself', async () => {
    await page.route('**/api/v1/chat', (route) =>
      route.fulfill({
        status: 413,
        json: { error: { code: 'body_too_large', message: 'Too long.' } },
      }),
    )
    await askAndWait('Sales by region')
    expect(await page.getByRole('alert').textContent()).toContain('Too long.')
  })

  it('asks for the key of a service that needs one, once for all it loads', async () => {
    const key = { id: '0123456789ab', name: 'page', scope: 'ask', createdAt: '' } as const
    const verify = async (token: string) => (token === 'right' ? key : undefined)
    const keyed = await serveStandIn({ keys: { store: { verify }, required: true } })
    await page.goto(keyed.url)
    for (const [given, reason] of [
      ['wrong', 'An API key is needed.'],
      ['right', 'This API key is not valid.'],
    ] as const) {
      await page.getByRole('dialog').getByText(reason).waitFor()
      await page.getByLabel('API key').fill(given)
      await page.getByLabel('API key').press('Enter')
    }
    await page.locator('#suggested li').first().waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await askAndWait('Sales by region')
    expect(keyed.orchestrator.calls.at(-1)?.options.user).toBe(key.id)
    await page.goto('about:blank')
    await keyed.close()
  })

  it('stops, and the stop reaches the orchestrator', async () => {
    await ask('forever')
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(() => lastCall()?.cancelled).toBe(true)
    expect(await page.getByRole('alert').textContent()).toContain('Stopped.')
    await askAndWait('Total sales in 2023')
    expect(await page.locator('.number-cards').count()).toBe(1)
  })

  it('shows the question as it was read, to be edited on its own', async () => {
    await askAndWait('And by region?')
    await page.getByRole('button', { name: 'Edit' }).click()
    expect(await page.inputValue('#question')).toBe('Total sales in 2023 by region')
    await page.press('#question', 'Enter')
    await expect.poll(() => lastCall()?.options.newTopic).toBe(true)
    expect(await page.isChecked('#new-topic')).toBe(false)
  })

  it('never turns data into markup, and says when rows were cut', async () => {
    await askAndWait('list customers')
    expect(await page.locator('.result img').count()).toBe(0)
    expect(await page.locator('.result td').first().textContent()).toContain('<img src=x')
    expect(await page.title()).toBe('Parley')
    expect(await page.locator('.table-note').textContent()).toContain('the result has more')
    expect(await page.locator('.result tbody tr').count()).toBeLessThan(60)
    await page.locator('.table-scroll').evaluate((node) => node.scrollTo(0, node.scrollHeight))
    await page.getByRole('cell', { name: 'Customer 499' }).waitFor()
    expect(await page.locator('.result tbody tr').count()).toBeLessThan(60)
  })

  it('works from the keyboard alone', async () => {
    const question = page.locator('#question')
    await expect.poll(() => question.evaluate((node) => node.matches(':focus'))).toBe(true)
    await page.keyboard.type('Sales by region')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('in 2023')
    await page.keyboard.press('Enter')
    await page.locator('.plot .main-svg').first().waitFor()
    await page.locator('#send').waitFor()
    expect(lastCall()?.question).toBe('Sales by region\nin 2023')
    await page.keyboard.press('ArrowUp')
    expect(await page.inputValue('#question')).toBe('Sales by region\nin 2023')

    await tab('Chart').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await tab('SQL').getAttribute('aria-selected')).toBe('true')
    expect(await page.locator('.sql').isVisible()).toBe(true)
    await page.keyboard.press('Home')
    expect(await page.locator('.plot').isVisible()).toBe(true)
  })

  it('gives every control a name', async () => {
    await askAndWait('Sales by region')
    await page.locator('.plot .main-svg').first().waitFor()
    const nameless = await page
      .locator('button, input, select, textarea')
      .evaluateAll((nodes) =>
        (nodes as unknown as readonly Control[])
          .filter((node) => !node.labels?.length && !node.ariaLabel && !node.textContent?.trim())
          .map((node) => node.outerHTML),
      )
    expect(nameless).toEqual([])
  })

  it('fits 360 pixels without sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByLabel('Data to ask about').selectOption({ label: 'SaaS' })
    await page.locator('.samples button').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    for (const question of [
      'Sales by region',
      'list customers',
      'How is the weather',
      'x'.repeat(300),
    ]) {
      await askAndWait(question)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    }
    for (const name of ['Table', 'SQL', 'How I got here']) {
      await tab(name).first().click()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    }
    expect(await page.locator('#send').isVisible()).toBe(true)
  })

  it('follows the dark scheme, the chart included', async () => {
    await askAndWait('Sales by region')
    await page.locator('.plot .xtick text').first().waitFor()
    const tick = page.locator('.plot .xtick text').first()
    const colour = () =>
      tick.evaluate((node) => node.ownerDocument.defaultView?.getComputedStyle(node).fill ?? '')
    const light = await colour()
    expect(light).toMatch(/^rgb/)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(colour).not.toBe(light)
    const background = await page
      .locator('parley-chat')
      .evaluate(
        (node) => node.ownerDocument.defaultView?.getComputedStyle(node).backgroundColor ?? '',
      )
    expect(Number(/\d+/.exec(background)?.[0])).toBeLessThan(40)
  })
})

describe.skipIf(skipped)('the page on a bad network', () => {
  it('takes up an answer whose connection broke, without asking twice', async () => {
    const server = await serveStandIn({ stepDelayMs: 60 })
    const proxy = await droppingProxy(server.url, 'event: sql')
    const page = await browser.newPage()
    await page.goto(proxy.url)
    await page.fill('#question', 'Total sales in 2023')
    await page.press('#question', 'Enter')
    await page.locator('.number-cards').waitFor()
    await page.locator('#send').waitFor()
    expect(await page.locator('.answer-text').textContent()).toBe(
      'Total sales in 2023 were 15,755,212.60.',
    )
    expect(proxy.drops()).toBe(1)
    expect(server.orchestrator.calls).toHaveLength(1)
    await page.close()
    proxy.close()
    await server.close()
  })
})

describe.skipIf(skipped)('the page of a service with a part missing', () => {
  it('says so plainly', async () => {
    const note = 'The model is missing; run npm start with network once.'
    const server = await serveStandIn({
      health: {
        ready: true,
        source: 'sales.duckdb',
        parts: [{ name: 'model', state: 'missing', note }],
      },
    })
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.locator('#notices li').waitFor()
    expect(await page.locator('#notices').textContent()).toBe(note)
    expect(await page.locator('#dataset option:checked').textContent()).toBe('sales.duckdb')
    await page.close()
    await server.close()
  })
})
