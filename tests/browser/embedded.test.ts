/** `<parley-chat>` in a bare page of another origin. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { complaintsOf } from '../support/complaints.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser

/** As the README shows it, under a policy that a careful page would have. */
function barePage(service: string): string {
  return `<!doctype html>
    <html lang="en">
      <head>
        <title>Elsewhere</title>
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; script-src ${service}; connect-src ${service}; style-src 'self'; img-src data:">
        <script type="module" src="${service}/parley-chat.js"></script>
      </head>
      <body><main><h1>Elsewhere</h1><parley-chat lang="de" dataset="finance"></parley-chat></main></body>
    </html>`
}

describe.skipIf(skipped)('the component in a page of another origin', () => {
  let elsewhere: Server
  let service: ServedStandIn
  let browser: Browser
  let page: Page
  let complaints: readonly string[]

  beforeAll(async () => {
    elsewhere = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end(barePage(service.url))
    }).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    service = await serveStandIn({ allowedOrigins: [origin] })
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 900, height: 900 } })
    complaints = complaintsOf(page)
    await page.goto(origin)
  })
  afterAll(async () => {
    await browser?.close()
    await service.close()
    elsewhere.close()
  })

  it('asks the service that its script came from, about the dataset that it names', async () => {
    await page.locator('#suggested li').first().waitFor()
    await page.fill('#question', 'Sales by region')
    await page.press('#question', 'Enter')
    await page.locator('.plot .point').first().waitFor()
    await page.locator('#send').waitFor()
    expect(service.datasets.demos.get('finance')?.calls.at(-1)?.question).toBe('Sales by region')
    expect(complaints.filter((text) => !text.includes('/favicon.ico'))).toEqual([])
  })

  it('speaks the language that it is given', async () => {
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      'Diagramm',
      'Tabelle',
      'SQL',
      'Wie ich darauf kam',
    ])
    await page.getByRole('tab', { name: 'Tabelle' }).click()
    expect(await page.locator('.result td').nth(1).textContent()).toBe('4.812.340,50')
  })

  it('shows what a chart is made of where the pointer is', async () => {
    await page.getByRole('tab', { name: 'Diagramm' }).click()
    const bar = await page.locator('.plot .point').first().boundingBox()
    if (!bar) throw new Error('There is no bar.')
    await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2)
    await page.locator('.plot .hovertext').waitFor()
    expect(await page.locator('.plot .hovertext').textContent()).toContain('North')
  })

  it('leaves the page as it is and keeps nobody out', async () => {
    expect(await page.evaluate('document.head.querySelectorAll("style, link").length')).toBe(0)
    expect(await violationsOf(page)).toEqual([])
  })

  it('asks another service once it is told its address, with the key of that one', async () => {
    const key = { id: '0123456789ab', name: 'page', scope: 'ask', createdAt: '' } as const
    const verify = async (token: string) => (token === 'right' ? key : undefined)
    const other = await serveStandIn({
      keys: { store: { verify }, required: true },
      allowedOrigins: [new URL(page.url()).origin],
    })
    // The policy of this page would keep it from any other address.
    const open = await browser.newPage({ bypassCSP: true })
    await open.goto(page.url())
    await open.locator('parley-chat').evaluate((node, url) => {
      node.setAttribute('service', url)
      node.removeAttribute('dataset')
    }, other.url)
    await open.getByLabel('API-Schlüssel').fill('right')
    await open.getByLabel('API-Schlüssel').press('Enter')
    await open.locator('#suggested li').first().waitFor()
    await open.fill('#question', 'Total sales in 2023')
    await open.press('#question', 'Enter')
    await open.locator('.number-cards').waitFor()
    expect(other.orchestrator.calls.at(-1)?.options.user).toBe(key.id)
    await open.close()
    await other.close()
  })
})
