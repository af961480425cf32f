/** Reports of evaluations and training runs over HTTP: what is found, what is checked, and what is never read. */
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import { openKeyStore } from '../../src/key-file.js'
import { openReportShelf } from '../../src/reports/report-shelf.js'
import { type RealService, realService } from '../support/real-service.js'
import { scriptedModel } from '../support/scripted-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'
import { trainingLog } from '../support/training-log.js'

let home: TemporaryHome
let service: RealService
let token: string

beforeAll(async () => {
  home = await temporaryHome()
  const store = openKeyStore(home.path)
  const made = await store.create('ada', 'admin')
  if (!made.ok) throw new Error(made.message)
  token = made.token
  const source = await home.write(shopFiles)
  const keys = { store, required: true }
  service = await realService({ home: home.path, source, model: scriptedModel(() => ''), keys })
})
afterAll(async () => {
  await service.close()
  await home.remove()
})
beforeEach(async () => {
  await mkdir(join(home.path, 'reports'), { recursive: true })
})

async function get(path: string, key = token) {
  const headers = { Authorization: `Bearer ${key}` }
  const response = await fetch(`${service.url}/api/v1/${path}`, { headers })
  const body: ReturnType<typeof JSON.parse> = await response.json()
  return { status: response.status, body }
}

const item = (id: number, more: Partial<EvaluatedItem> = {}): EvaluatedItem => ({
  id: String(id),
  question: `Question ${id}?`,
  intent: 'metric',
  expected: 'answer',
  goldSql: 'SELECT 1',
  hardness: id % 2 === 0 ? 'easy' : 'hard',
  verdict: 'right',
  reason: '',
  attempts: 1,
  bound: 1,
  elapsedMs: 10 * id,
  ...more,
})
const wrong = {
  verdict: 'wrong',
  errorKind: 'wrong_column',
  reason: '<img src=x onerror=alert(1)>',
  predictedSql: 'SELECT 2',
} as const

async function writeEvaluation(name: string, more: object = {}) {
  const items = [item(1), item(2), item(3, wrong), item(4, { verdict: 'unjudged' })]
  const facts = {
    at: '2026-11-01T10:00:00.000Z',
    file: '/data/somebody/shop.jsonl',
    generator: 'auto',
    rules: 'ties',
    model: '/data/somebody/weights/gemma.gguf + mine',
    version: '0.1.0',
  }
  const report = { ...facts, ...summarise(items), items, ...more }
  await writeFile(join(home.path, 'reports', `${name}.json`), JSON.stringify(report))
}

const ids = async () => {
  const { reports } = (await get('reports')).body
  return reports.map(({ id }: { id: string }) => id).sort()
}

describe('the reports of a home', () => {
  it('are none at first', async () => {
    expect(await get('reports')).toEqual({ status: 200, body: { reports: [], problems: [] } })
  })

  it('have what an evaluation found, by what tells questions apart', async () => {
    await writeEvaluation('shop')
    const { body } = await get('reports')
    expect(body.reports).toMatchObject([
      {
        id: 'evaluation.shop',
        kind: 'evaluation',
        questions: 'shop.jsonl',
        model: 'gemma.gguf + mine',
        result: { right: 2, total: 3 },
      },
    ])
    const report = await get('reports/evaluation.shop')
    expect(report.status).toBe(200)
    expect(Object.keys(report.body.bars).sort()).toEqual([
      'accuracy',
      'errors',
      'hardness',
      'soundness',
    ])
    expect(report.body.bars.hardness).toMatchObject({
      easy: { right: 1, total: 1 },
      hard: { right: 1, total: 2, share: 0.5 },
    })
    expect(report.body).toMatchObject({
      unjudged: 1,
      times: [10, 20, 30],
      verdicts: [
        { id: '1', isRight: true },
        { id: '2', isRight: true },
        { id: '3', isRight: false },
      ],
      wrong: [{ id: '3', question: 'Question 3?', ...wrong }],
      wrongCount: 1,
    })
    expect(JSON.stringify([body, report.body])).not.toContain('somebody')
  })

  it('have the curves of a training run, also of one that goes on', async () => {
    const folder = join(home.path, 'training', 'shop')
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'log.jsonl')
    await writeFile(path, `${trainingLog({ steps: 40, done: 20 })}{"kind": "step", "st`)
    const half = (await get('reports/training.shop')).body
    expect(half).toMatchObject({ kind: 'training', step: 20, steps: 40, base: 'tiny' })
    expect(half.points).toHaveLength(20)
    await writeFile(
      path,
      trainingLog({ steps: 40, done: 20 }) + trainingLog({ steps: 40, done: 40, from: 15 }),
    )
    const whole = (await get('reports/training.shop')).body
    expect(whole.points.map(({ step }: { step: number }) => step)).toEqual(
      Array.from({ length: 40 }, (_, at) => at + 1),
    )
    expect(whole).toMatchObject({
      tokens: 40 * 1_000,
      validation: { step: 40 },
      settings: { rank: '8', targets: 'q_proj, v_proj' },
    })
    expect(await ids()).toEqual(['evaluation.shop', 'training.shop'])
  })

  it('draw a long run by the means of its neighbours', async () => {
    const folder = join(home.path, 'training', 'long')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'log.jsonl'), trainingLog({ steps: 2_500, done: 2_500 }))
    const { body } = await get('reports/training.long')
    expect(body.points.length).toBeLessThanOrEqual(1_000)
    expect(body.points.at(-1).step).toBe(2_500)
    const sum = body.points.reduce((all: number, { tokens }: { tokens: number }) => all + tokens, 0)
    expect(sum).toBe(2_500 * 1_000)
  })

  it('are not what only looks like one, which is said', async () => {
    const write = (name: string, text: string) => writeFile(join(home.path, 'reports', name), text)
    await write('broken.json', '{"at": ')
    await write('foreign.json', '{"name": "something else"}')
    await writeEvaluation('sly', { share: 7 })
    await writeEvaluation('odd', { byHardness: { easy: { right: 1 } } })
    await mkdir(join(home.path, 'training', 'rows'), { recursive: true })
    const { problems } = (await get('reports')).body
    expect(problems.map((problem: string) => problem.split(' ')[0])).toEqual([
      'broken',
      'foreign',
      'odd',
      'sly',
    ])
    expect((await get('reports/evaluation.sly')).status).toBe(404)
  })

  it('are never read from anywhere else', async () => {
    const outside = join(home.path, 'outside')
    await mkdir(join(outside, 'run'), { recursive: true })
    await writeEvaluation('../outside/secret')
    await writeFile(join(outside, 'run', 'log.jsonl'), trainingLog({ steps: 2, done: 2 }))
    await symlink(join(outside, 'secret.json'), join(home.path, 'reports', 'linked.json'))
    await symlink(join(outside, 'run'), join(home.path, 'training', 'linked'))
    await mkdir(join(home.path, 'training', 'filed'))
    const log = join(outside, 'run', 'log.jsonl')
    await symlink(log, join(home.path, 'training', 'filed', 'log.jsonl'))
    expect((await ids()).filter((id: string) => /linked|filed|secret/.test(id))).toEqual([])
    for (const id of [
      'evaluation.linked',
      'evaluation.../outside/secret',
      'evaluation.%2e%2e%2foutside%2fsecret',
      'training.linked',
      'training.filed',
      'training.../outside/run',
    ]) {
      expect((await get(`reports/${encodeURIComponent(id)}`)).status).toBe(404)
    }
  })

  it('are for administrators', async () => {
    const made = await openKeyStore(home.path).create('bob', 'curate')
    if (!made.ok) throw new Error(made.message)
    expect((await get('reports', made.token)).status).toBe(403)
    expect((await get('reports/evaluation.shop', made.token)).status).toBe(403)
  })

  it('keep strings of a hostile file as they are, but not at any length', async () => {
    const question = `<script>alert(1)</script>${'x'.repeat(100_000)}`
    await writeEvaluation('hostile', { items: [item(1, { ...wrong, question })] })
    const { body } = await get('reports/evaluation.hostile')
    expect(body.wrong[0].question).toMatch(/^<script>alert\(1\)<\/script>x+$/)
    expect(body.wrong[0].question.length).toBeLessThan(5_000)
  })
})

it('reads a file again for the list only when it has changed', async () => {
  const shelf = openReportShelf(home.path)
  const [first] = (await shelf.list()).reports
  const [second] = (await shelf.list()).reports
  expect(second).toBe(first)
  await writeEvaluation('newest')
  expect((await shelf.list()).reports[0]?.name).toBe('newest')
})
