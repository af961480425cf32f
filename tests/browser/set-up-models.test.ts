/** Adapters and reports on the page, in a real browser over the whole service. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import { type AdaptedModels, adaptedModels, writeAdapter } from '../support/adapted-models.js'
import { violationsInBothSchemes } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type RealService, realService } from '../support/real-service.js'
import { scriptedModel } from '../support/scripted-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'
import { installTinyScratch } from '../support/tiny-scratch.js'
import { trainingLog } from '../support/training-log.js'

const skipped = !browserIsThere && !mustTestBrowser
const shipped = 'parley-sql-270m'
const script = '<img src=x onerror="window.harmed=1"><a href="https://example.org">here</a>'

describe.skipIf(skipped)('the model of a page', () => {
  let browser: Browser
  let home: TemporaryHome
  let models: AdaptedModels
  let service: RealService
  let page: Page
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    home = await temporaryHome()
    await writeAdapter(home.path, 'mine', { score: 0.4, more: { notice: script } })
    await writeAdapter(home.path, 'foreign', { baseSha256: 'f'.repeat(64) })
    await installTinyScratch(home.path, 'from-nothing')
    models = await adaptedModels(home.path)
    service = await realService({
      home: home.path,
      source: await home.write(shopFiles),
      model: scriptedModel(() => ''),
      models,
      limits: { requestsPerSecond: 1_000 },
    })
    browser = await launchBrowser()
    page = await browser.newPage({
      viewport: { width: 1_280, height: 1_400 },
      reducedMotion: 'reduce',
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
  })
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    await models?.close()
    await home?.remove()
  })

  const open = (panel: string) => page.goto(`${service.url}/?view=set-up&panel=${panel}`)

  function button(name: string) {
    return page.getByRole('button', { name, exact: true })
  }

  function inUse() {
    return page.getByRole('region', { name: 'In use' })
  }

  function adapter(name: string) {
    return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
  }

  describe('is shown', () => {
    it('with its adapters, and which is in use and why', async () => {
      await open('models')
      await inUse().getByText(shipped).waitFor()
      await inUse().getByText('it has the best score').waitFor()
      expect(await adapter(shipped).getByText('67.8%').count()).toBe(1)
      expect(await adapter('foreign').getByRole('button').count()).toBe(0)
      await adapter('mine').getByText('Terms and credits').click()
      await adapter('mine').getByText(script).waitFor()
      expect(await violationsInBothSchemes(page)).toEqual([])
    })

    it('with the models from scratch beside it, where nothing is to be activated', async () => {
      await open('models')
      const scratch = page.getByRole('region', { name: 'Models from scratch' })
      await scratch.getByRole('heading', { name: 'from-nothing' }).waitFor()
      await scratch.getByText('100%').waitFor()
      expect(await scratch.getByRole('button').count()).toBe(0)
      expect(await violationsInBothSchemes(page)).toEqual([])
    })

    it('in use as another, at a press, and as before when rolled back', async () => {
      await button('Activate: mine').focus()
      await page.keyboard.press('Enter')
      await page.getByText('In use from the next question on: mine.').waitFor()
      await inUse().getByText('It was chosen.').waitFor()
      expect(models.closed).toEqual([`gemma-3-270m-q4_k_m + ${shipped}`])
      await page.reload()
      await inUse().getByText('mine', { exact: true }).waitFor()
      await button('Roll back to the best score').click()
      await page.getByText(`In use from the next question on: ${shipped}.`).waitFor()
      await button('Activate: The base model alone').click()
      await inUse().getByText('then asks the rules alone').waitFor()
      expect(await violationsInBothSchemes(page)).toEqual([])
      await button('Roll back to the best score').click()
      await inUse().getByText(shipped).waitFor()
    })

    it('as it was when another cannot be used, with the reason', async () => {
      await rm(join(home.path, 'adapters', 'mine.gguf'))
      await writeFile(join(home.path, 'adapters', 'mine.gguf'), 'other bytes')
      await button('Activate: mine').click()
      await page.getByRole('alert').getByText('mine.gguf is missing or has').waitFor()
      await inUse().getByText(shipped).waitFor()
      expect(await violationsInBothSchemes(page)).toEqual([])
    })
  })

  const reportFolder = () => join(home.path, 'reports')

  async function writeEvaluation(name: string, right: number, file: string) {
    const items = Array.from({ length: 40 }, (_, at): EvaluatedItem => {
      const isRight = at < right
      return {
        id: String(at),
        question: at === 39 ? script : `Question ${at}?`,
        intent: at % 3 === 0 ? script : 'ranking',
        expected: 'answer',
        goldSql: 'SELECT 1',
        hardness: at % 2 === 0 ? 'easy' : 'hard',
        verdict: isRight ? 'right' : 'wrong',
        ...(isRight ? {} : { errorKind: 'wrong_column', predictedSql: script }),
        reason: isRight ? '' : script,
        attempts: 1,
        bound: 1,
        elapsedMs: 50 + 10 * at,
      }
    })
    const facts = { at: '2026-11-01T10:00:00.000Z', file, generator: 'auto', rules: 'ties' }
    const report = { ...facts, ...summarise(items), items }
    await writeFile(join(reportFolder(), `${name}.json`), JSON.stringify(report))
  }

  function entry(name: string) {
    return page.getByRole('navigation', { name: 'All reports' }).getByRole('button', { name })
  }

  describe('has reports', () => {
    it('that say how to make the first one', async () => {
      await open('reports')
      await page.getByText('npx parley evaluate').waitFor()
      expect(await violationsInBothSchemes(page)).toEqual([])
    })

    it('drawn with their intervals, and written as tables', async () => {
      await mkdir(reportFolder())
      await writeEvaluation('older', 20, 'older.jsonl')
      await writeEvaluation('newer', 30, 'newer.jsonl')
      await button('Look again').click()
      await entry('newer.jsonl').click()
      await page.getByText('75%', { exact: true }).first().waitFor()
      await page.locator('.plot .errorbar').nth(3).waitFor({ state: 'attached' })
      await page.getByText('As a table: Right, by difficulty').click()
      const table = page.getByRole('region', { name: 'As a table: Right, by difficulty' })
      expect(await table.getByRole('row', { name: 'Easy' }).textContent()).toContain('15 of 20')
      await page.getByText('Wrong answers: 10').click()
      expect(await page.locator('.wrong-list').getByText(script).count()).toBeGreaterThan(9)
      expect(await violationsInBothSchemes(page)).toEqual([])
    })

    it('that two runs are compared in', async () => {
      await page.getByLabel('Compare with').selectOption({ label: 'older' })
      await page.getByText('10 only this one has right').waitFor()
      await page.getByText('with probability 0.002.').waitFor()
      await page.getByText('The other', { exact: true }).first().waitFor()
      await entry('older.jsonl').click()
      await page.getByRole('heading', { name: 'older' }).waitFor()
      expect(await page.getByLabel('Compare with').inputValue()).toBe('')
    })

    it('with the curves of training, which grow', async () => {
      const folder = join(home.path, 'training', 'shop')
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'log.jsonl'), trainingLog({ steps: 60, done: 30 }))
      await button('Look again').click()
      await entry('shop').click()
      await page.getByText('30 of 60', { exact: true }).waitFor()
      for (const title of ['Loss', 'Learning rate', 'Tokens per second']) {
        await page.getByRole('img', { name: title }).first().waitFor()
      }
      await writeFile(join(folder, 'log.jsonl'), trainingLog({ steps: 60, done: 60 }))
      await button('Look again').click()
      await page.getByText('60 of 60', { exact: true }).waitFor()
      expect(await violationsInBothSchemes(page)).toEqual([])
    })

    it('that cannot be read, which is said, and nothing of them is run or fetched', async () => {
      await writeFile(join(reportFolder(), 'broken.json'), '{"at": ')
      await button('Look again').click()
      await page.getByText('broken is no report').waitFor()
      expect(await page.evaluate('window.harmed')).toBeUndefined()
      expect(requests.filter((url) => !url.startsWith(service.url))).toEqual([])
      expect(await page.locator('.plot a').count()).toBe(0)
      expect(complaints).toEqual([])
    })

    it('within the width of a phone', async () => {
      await page.setViewportSize({ width: 360, height: 740 })
      for (const panel of ['models', 'reports']) {
        await open(panel)
        await page.locator('.adapter, .plot .main-svg').first().waitFor()
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
      }
    })
  })
})
