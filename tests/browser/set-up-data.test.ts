/** Adding and removing datasets from the page, in a real browser over the whole service. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { dropFiles } from '../support/drop-files.js'
import { type GrowingService, growingService } from '../support/growing-service.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

const skipped = !browserIsThere && !mustTestBrowser
const maxBytes = 3_000_000
const secret = 'hunter2-s3cret'

describe.skipIf(skipped)('the data of a page', () => {
  let browser: Browser
  let home: string
  let files: string
  let service: GrowingService
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'parley-set-up-'))
    files = join(home, 'mine')
    await writeFiles(files)
    service = await growingService(home, maxBytes)
    browser = await launchBrowser()
    page = await browser.newPage({
      viewport: { width: 1_280, height: 1_400 },
      reducedMotion: 'reduce',
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${service.url()}/?view=set-up&panel=data`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await rm(home, { recursive: true })
  })

  function button(name: string) {
    return page.getByRole('button', { name, exact: true })
  }

  function item(title: string) {
    return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  }

  function dropZone() {
    return page.getByRole('region', { name: 'Files' })
  }

  async function choose(names: readonly string[]): Promise<void> {
    const choosing = page.waitForEvent('filechooser')
    await button('Choose files').click()
    await (await choosing).setFiles(names.map((name) => join(files, name)))
  }

  /** Of files that were sent. */
  async function folders(): Promise<readonly string[]> {
    const entries = await readdir(join(home, 'datasets'), { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  }

  it('is listed with its state, the demos apart', async () => {
    await item('docks.csv').getByText('Ready').waitFor()
    await item('Finance').getByText('Opens with the first question').waitFor()
    expect(
      await item('docks.csv')
        .getByRole('button', { name: /Remove/ })
        .count(),
    ).toBe(0)
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  it('is added by dropping a folder, and one click leads to asking about it', async () => {
    await dropFiles(page, dropZone(), [join(files, 'harbour')])
    await page.getByText('Left out, as Parley cannot read them: notes.pdf.').waitFor()
    await page.getByText('harbour is ready.').waitFor()
    expect(new URL(page.url()).searchParams.get('dataset')).toBe('harbour')
    expect(await violationsInBothSchemes(page)).toEqual([])
    await button('Ask about harbour').click()
    await page.fill('#question', 'How many ships are there?')
    await page.press('#question', 'Enter')
    await page.locator('.answer-text').getByText('40').waitFor()
    await page.goBack()
    await item('harbour').getByText('Chosen').waitFor()
  })

  it('is added with a button, a database apart from tables', async () => {
    await choose(['fees.csv', 'crew.sqlite'])
    await item('fees').getByText('Ready').waitFor()
    await item('crew').getByText('Ready').waitFor()
  })

  it('says why what was added cannot be opened', async () => {
    await choose(['broken.parquet'])
    const broken = item('broken')
    await broken.getByText('Could not be opened').waitFor()
    expect(await broken.getByRole('alert').textContent()).toContain('broken.parquet')
    await button('Remove: broken').click()
    await expect.poll(() => broken.count()).toBe(0)
  })

  it('says before it is sent what cannot be, and what to do', async () => {
    await choose(['notes.pdf'])
    await page.getByText('None of these files is of a kind that Parley can read.').waitFor()
    await choose(['large.csv'])
    await page.getByText(/^These files have 4 MB together, and at most 3 MB/).waitFor()
    expect(await page.locator('.delivery').count()).toBe(0)
  })

  it('shows how far the sending is, and stops it when told to', async () => {
    const before = await folders()
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 }
    await session.send('Network.emulateNetworkConditions', slow)
    await choose(['middling.csv'])
    await page.getByText(/^Sent [\d.]+ [kM]B of 2\.\d MB, \d+%$/).waitFor()
    const progress = page.getByRole('progressbar', { name: 'middling.csv' })
    await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(0)
    await button('Stop: middling.csv').click()
    await expect.poll(() => page.locator('.delivery').count()).toBe(0)
    await expect.poll(folders).toEqual(before)
    await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  })

  it('is sent again when the line broke', async () => {
    await page.context().setOffline(true)
    await choose(['tides.csv'])
    await page.getByText('Parley does not answer.').waitFor()
    await page.context().setOffline(false)
    await button('Try again: tides.csv').click()
    await item('tides').getByText('Ready').waitFor()
  })

  it('does not leave the page when a file misses its place', async () => {
    await dropFiles(page, page.getByRole('heading', { name: 'Your data' }), [
      join(files, 'fees.csv'),
    ])
    expect(await page.getByRole('heading', { name: 'Your data' }).isVisible()).toBe(true)
  })

  it('is asked of a server, whose password is nowhere afterwards', async () => {
    const form = page.locator('form.connect')
    await form.getByLabel('Host').fill('127.0.0.1')
    await form.getByLabel('Port').fill('1')
    await form.getByLabel('Database').fill('shop')
    await form.getByLabel('User').fill('reader')
    await form.getByLabel('Password').fill(secret)
    expect(await form.getByLabel('Password').getAttribute('type')).toBe('password')
    await page.keyboard.press('Enter')
    const failed = item('shop on 127.0.0.1')
    await failed.getByText('Could not be opened').waitFor()
    expect(await failed.getByRole('alert').textContent()).toMatch(/127\.0\.0\.1/)
    expect(await form.getByLabel('Password').inputValue()).toBe('')
    expect(await form.getByLabel('Host').inputValue()).toBe('127.0.0.1')
    expect(await page.content()).not.toContain(secret)
    const kept = await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')
    expect(kept).not.toContain(secret)
    expect(await violationsInBothSchemes(page)).toEqual([])
    await button('Remove: shop on 127.0.0.1').click()
    await expect.poll(() => failed.count()).toBe(0)
  })

  it('takes a whole address apart that is pasted', async () => {
    const form = page.locator('form.connect')
    await form.getByLabel('Host').focus()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const address = 'postgres://ann:a%20b@db.example:6000/shop?sslmode=require'
    await page.evaluate(`navigator.clipboard.writeText('${address}')`)
    await page.keyboard.press('Control+V')
    expect(await form.getByLabel('Host').inputValue()).toBe('db.example')
    expect(await form.getByLabel('Port').inputValue()).toBe('6000')
    expect(await form.getByLabel('Password').inputValue()).toBe('a b')
    expect(await form.getByLabel('Connect with TLS only').isChecked()).toBe(true)
    await page.reload()
    await form.waitFor()
    expect(await form.getByLabel('Password').inputValue()).toBe('')
  })

  it('is removed when that is confirmed, and another is chosen instead', async () => {
    await page.getByLabel('Data to ask about').selectOption('harbour')
    await item('harbour').getByText('Chosen').waitFor()
    await button('Remove: harbour').click()
    await page.getByRole('dialog').getByText('The files that were sent are deleted').waitFor()
    await button('Cancel').click()
    expect(await item('harbour').count()).toBe(1)
    const before = await folders()
    await button('Remove: harbour').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => item('harbour').count()).toBe(0)
    await item('docks.csv').getByText('Chosen').waitFor()
    expect(await folders()).toHaveLength(before.length - 1)
    const chooser = page.getByLabel('Data to ask about')
    expect(await chooser.locator('option', { hasText: 'harbour' }).count()).toBe(0)
  })

  it('fits a phone, and throws nothing', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await violationsInBothSchemes(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

async function writeFiles(folder: string): Promise<void> {
  await mkdir(join(folder, 'harbour/deep'), { recursive: true })
  const rows = (count: number) => Array.from({ length: count }, (_, at) => `Ship ${at},${at}`)
  const texts = {
    'harbour/ships.csv': ['ship,tons', ...rows(40)].join('\n'),
    'harbour/deep/berths.csv': 'berth,depth\nNorth,12\nSouth,9\n',
    'harbour/notes.pdf': 'x',
    'harbour/.DS_Store': 'x',
    'fees.csv': 'fee,amount\nentry,3\nnight,9\n',
    'tides.csv': 'tide,height\nhigh,3\nlow,1\n',
    'broken.parquet': 'PAR1 no parquet at all PAR1',
    'notes.pdf': 'x',
    'middling.csv': `a\n${'1\n'.repeat(1_200_000)}`,
    'large.csv': `a\n${'1\n'.repeat(2_000_000)}`,
  }
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text)
  writeSqliteFile(join(folder, 'crew.sqlite'), [
    'CREATE TABLE sailors (id INTEGER PRIMARY KEY, name TEXT)',
    "INSERT INTO sailors VALUES (1, 'Ann'), (2, 'Bo')",
  ])
}
