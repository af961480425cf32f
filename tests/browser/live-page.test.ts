/** What the page shows while something takes its time, and how it takes what is spoken and what is much. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { violationsOf } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { recordedAnswer } from '../support/recorded-answers.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser

/** A browser that hears one sentence, in two pieces. */
const hearing = `window.SpeechRecognition = class extends EventTarget {
  start() {
    for (const heard of ['total sales', 'total sales in 2023']) {
      const results = [[{ transcript: heard }]]
      this.dispatchEvent(Object.assign(new Event('result'), { results }))
    }
    this.dispatchEvent(new Event('end'))
  }
  stop() {}
}`

function streamOf(events: readonly AnswerEvent[]): string {
  return events.map((event) => `id: 1\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

describe.skipIf(skipped)('the page', () => {
  let browser: Browser
  let context: BrowserContext
  let server: ServedStandIn
  let page: Page

  beforeAll(async () => {
    server = await serveStandIn()
    browser = await launchBrowser()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  })
  afterAll(async () => {
    await browser?.close()
    await server.close()
  })
  beforeEach(async () => {
    page = await context.newPage()
  })

  async function ask(question: string): Promise<void> {
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
  }

  it('shows how far the weights have come that it fetches', async () => {
    const progress = { done: 40_000_000, total: 91_000_000, unit: 'bytes' } as const
    const part = { name: 'embedder', state: 'loading', note: 'Fetching the weights.', progress }
    await page.route('**/api/v1/health', (route) =>
      route.fulfill({ json: { ready: true, source: 'x', parts: [part] } }),
    )
    await page.goto(server.url)
    const bar = page.locator('#notices progress')
    await bar.waitFor()
    expect(await bar.evaluate((node) => (node as unknown as { value: number }).value)).toBe(
      40_000_000,
    )
    expect(await page.locator('#notices').textContent()).toContain('40 MB / 91 MB')
    expect(await violationsOf(page)).toEqual([])
  })

  it('tells the place in the queue in front of the model', async () => {
    const start = { type: 'message_start', id: 'a', conversationId: 'c', question: 'q' } as const
    const waiting = {
      type: 'state',
      state: 'generating',
      message: '',
      queue: { place: 2 },
    } as const
    await page.route('**/api/v1/chat', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: streamOf([start, waiting]) }),
    )
    await page.route('**/api/v1/chat/a/events', () => undefined)
    await page.goto(server.url)
    await ask('Sales by region')
    await page.getByText('Number 2 in the queue for the model').waitFor()
    expect(await page.locator('.live-status').textContent()).toBe('Writing SQL')
  })

  it('writes down what is spoken, to be asked once it reads well', async () => {
    await page.addInitScript(hearing)
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Speak' }).click()
    await expect.poll(() => page.inputValue('#question')).toBe('total sales in 2023')
    expect(await page.locator('.turn').count()).toBe(0)
  })

  it('draws a few of ten thousand rows, and any of them when it is scrolled to', async () => {
    const answer = recordedAnswer('list', 'a', 'c')
    if (!answer.ok) throw new Error('The recorded answer has no rows.')
    const rows = Array.from({ length: 10_000 }, (_, at) => [
      `Row ${at}`,
      '2023-04-01',
      at,
      null,
      true,
    ])
    const { columns, figure: _none, ...rest } = answer
    const much: AnswerEvent = {
      type: 'message_stop',
      answer: { ...rest, columns, rows, rowCount: rows.length, truncated: false },
    }
    const start = { type: 'message_start', id: 'a', conversationId: 'c', question: 'q' } as const
    await page.route('**/api/v1/chat', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `${streamOf([start, much])}data: [DONE]\n\n`,
      }),
    )
    await page.goto(server.url)
    await ask('list')
    const drawn = page.locator('.result tbody tr:not(.spacer)')
    await drawn.first().waitFor()
    expect(await drawn.count()).toBeLessThan(80)
    for (const place of [5_000, 9_999]) {
      await page
        .locator('.table-scroll')
        .evaluate((node, share) => node.scrollTo(0, share * node.scrollHeight), place / 10_000)
      await page
        .getByRole('cell', { name: `Row ${place}`, exact: true })
        .waitFor({ state: 'attached' })
      expect(await drawn.count()).toBeLessThan(80)
    }
    expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('10001')
  })
})
