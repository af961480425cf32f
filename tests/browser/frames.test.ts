/**
 * How fast the page is: when it first paints, and what ten thousand rows cost that arrive at once. Run alone, with
 * `--reporter verbose`, for the figures; the bounds hold on a busy machine too, since they count the page's own work.
 */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { recordedAnswer } from '../support/recorded-answers.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser
const rowCount = 10_000
/** Of the main thread, in milliseconds of its own time, from the question to the table. */
const mostWork = 2_000
/** From the address to the first text, on a machine that does other things besides. */
const latestPaint = 10_000

/** Notes when frames were drawn, and tasks of more than 50 ms. */
const watching = `
  window.frames = []
  window.longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' })
  const tick = (time) => { frames.push(time); requestAnimationFrame(tick) }
  requestAnimationFrame(tick)`

/** Milliseconds: the longest pause between two frames, and how many were later than two frames of 60 Hz. */
const reading = `(() => {
  const pauses = frames.slice(1).map((time, at) => time - frames[at])
  const late = pauses.filter((pause) => pause > 2000 / 60).length
  return { frames: pauses.length, late, longest: Math.max(...pauses), longTasks }
})()`

function streamOf(events: readonly AnswerEvent[]): string {
  const blocks = events.map((event, at) => `id: ${at + 1}\ndata: ${JSON.stringify(event)}\n\n`)
  return `${blocks.join('')}data: [DONE]\n\n`
}

/** As the service streams an answer: its rows, and then all of it. */
function muchData(): string {
  const answer = recordedAnswer('list', 'a', 'c')
  if (!answer.ok) throw new Error('The recorded answer has no rows.')
  const rows = Array.from({ length: rowCount }, (_, at) => [
    `Customer ${at}`,
    '2023-04-01',
    at * 1.37,
    at % 7 === 0 ? null : at,
    at % 2 === 0,
  ])
  const { columns, figure: _none, ...rest } = answer
  const data = { columns, rows, rowCount, truncated: false, elapsedMs: 5 }
  return streamOf([
    { type: 'message_start', id: 'a', conversationId: 'c', question: 'list' },
    { type: 'state', state: 'executing', message: 'Running' },
    { type: 'data', ...data },
    { type: 'text_delta', text: answer.text },
    { type: 'message_stop', answer: { ...rest, ...data } },
  ])
}

describe.skipIf(skipped)('the page', () => {
  let browser: Browser
  let server: ServedStandIn
  let page: Page
  let session: CDPSession

  beforeAll(async () => {
    server = await serveStandIn()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** What the main thread has worked so far, in milliseconds. */
  async function work(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }

  it('paints its first text soon', async ({ annotate }) => {
    await page.goto(server.url)
    await page.locator('#question').waitFor()
    const paint = await page.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    )
    await annotate(
      `first paint after ${Math.round(paint)} ms, ${Math.round(await work())} ms of work`,
    )
    expect(paint).toBeLessThan(latestPaint)
  })

  it('shows ten thousand rows with little work, and scrolls through them', async ({ annotate }) => {
    await page.route('**/api/v1/chat', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: muchData() }),
    )
    await page.evaluate(watching)
    const before = await work()
    await page.fill('#question', 'list')
    await page.press('#question', 'Enter')
    const drawn = page.locator('.result tbody tr:not(.spacer)')
    await drawn.first().waitFor()
    await page.locator('#send').waitFor()
    const shown = (await work()) - before
    await annotate(
      `${Math.round(shown)} ms of work to show; ${JSON.stringify(await page.evaluate(reading))}`,
    )
    expect(shown).toBeLessThan(mostWork)

    await page.evaluate('frames.length = 0, longTasks.length = 0')
    const atTop = await work()
    for (let step = 1; step <= 60; step += 1) {
      await page
        .locator('.table-scroll')
        .evaluate((node, share) => node.scrollTo(0, share * node.scrollHeight), step / 60)
      await page.evaluate('new Promise(requestAnimationFrame)')
    }
    const scrolled = (await work()) - atTop
    await annotate(
      `${Math.round(scrolled)} ms of work in 60 steps of scrolling; ${JSON.stringify(await page.evaluate(reading))}`,
    )
    expect(scrolled).toBeLessThan(mostWork)
    expect(await drawn.count()).toBeLessThan(80)
  })
})
