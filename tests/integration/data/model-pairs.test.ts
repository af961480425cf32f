/** `parley generate` with a model as its writer, against a server that does what real ones do. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../../data/duckdb/write-database-file.js'
import type { Pair } from '../../../data/generator/pair.js'
import { parseSettings } from '../../../data/generator/settings/read-settings.js'
import { generate } from '../../../src/commands/generate.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import {
  type OpenAiServer,
  type OpenAiServerOptions,
  startOpenAiServer,
} from '../../support/openai-server.js'
import {
  isCritic,
  marked,
  promptOf,
  shopTables,
  unmarked,
  writeAll,
  writePairs,
} from '../../support/pair-model.js'
import { recordingContext } from '../../support/recording-context.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

const secret = 'sk-very-secret'
let folder: string
let sqlite: string
let duckdb: string
let server: OpenAiServer
let runs = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-model-'))
  sqlite = join(folder, 'shop.sqlite')
  duckdb = join(folder, 'shop.duckdb')
  writeSqliteFile(sqlite, shopTables)
  await writeDatabaseFile(duckdb, async (connection) => {
    for (const statement of shopTables) await connection.run(statement)
  })
})
afterEach(() => server?.close())
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly answer?: OpenAiServerOptions['answer']
  readonly delayMs?: number
  readonly source?: string
  /** Further lines of the configuration. */
  readonly more?: string
  readonly phases?: string
  /** The folder of an earlier run. */
  readonly out?: string
  readonly resume?: boolean
  readonly signal?: AbortSignal
}

const onePhase = '  - {name: single_table, count: 12, api_answer_count: 2}'

async function run({ answer = writeAll, delayMs, more = '', phases = onePhase, ...given }: Run) {
  server = await startOpenAiServer({ answer, delayMs, key: secret })
  const out = given.out ?? join(folder, `out-${++runs}`)
  const config = join(folder, `config-${runs}.yaml`)
  const model = '{provider: openai, name: tiny, retries: 1, timeout_s: 1}'
  await writeFile(
    config,
    `output_dir: ${out}\nwriter: model\nmodel: ${model}\n${more}phases:\n${phases}\n`,
  )
  const context = recordingContext(
    {
      PARLEY_HOME: join(folder, 'home'),
      PARLEY_OPENAI_URL: server.baseUrl,
      PARLEY_OPENAI_KEY: secret,
    },
    given.signal,
  )
  const options = { config, source: given.source ?? sqlite, resume: given.resume, json: true }
  const code = await generate(options, context)
  const report = context.printed.length > 0 ? JSON.parse(context.printed.join('')) : undefined
  return { code, out, report, said: context.said.join('\n'), requests: server.requests }
}

async function pairsIn(out: string, phase = 'single_table'): Promise<Pair[]> {
  const text = await readFile(join(out, `${phase}.jsonl`), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

async function everythingIn(out: string): Promise<string> {
  const names = await readdir(out, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

const allPhases = [
  'builtins',
  'schema_docs',
  'single_table',
  'joins',
  'complex_sqls',
  'schema_relationship',
]
  .map((name) => `  - {name: ${name}, count: 6, api_answer_count: 2}`)
  .join('\n')

describe('a model as the writer', () => {
  it.each([
    ['SQLite', () => sqlite],
    ['DuckDB', () => duckdb],
  ])(
    'fills every phase about a %s file, and the parts',
    async (_, source) => {
      const phases = `${allPhases}\n  - {name: sample_data, count: 3}`
      const { code, out, report } = await run({ source: source(), phases })
      expect(code).toBe(0)
      expect(report.phases.map(({ written }: { written: number }) => written)).toEqual([
        6, 6, 6, 6, 6, 6, 3,
      ])
      const [pair] = await pairsIn(out, 'joins')
      expect(pair).toMatchObject({
        database: 'shop',
        sql: expect.stringMatching(/^SELECT DISTINCT/i),
        tables: ['customers', 'orders'],
        metadata: { writer: 'model tiny', rows: expect.any(Number) },
      })
      expect(pair?.template).toBe(pair?.skeleton)
      expect((await pairsIn(out, 'schema_docs'))[0]).toMatchObject({
        answer: expect.stringContaining('It stands in'),
      })
      expect(report.split.train + report.split.validation).toBeGreaterThan(0)
      const [used] = report.usage
      expect(used.model).toBe('tiny')
      // What was asked ahead is broken off once there are enough, and costs nothing.
      expect(used.calls).toBeGreaterThan(server.requests.length / 2)
      expect(used.calls).toBeLessThanOrEqual(server.requests.length)
      expect(used.input).toBeGreaterThan(used.output)
    },
    60_000,
  )

  it('learns no stored value unless that is allowed, and never one of a marked column', async () => {
    const shy = await run({ phases: allPhases })
    const shyPrompts = shy.requests.map(({ body }) => promptOf(body)).join('\n')
    expect(shyPrompts).toContain('table orders')
    for (const value of [...marked, ...unmarked]) expect(shyPrompts).not.toContain(value)
    await server.close()
    const more = 'schema_only: false\nanonymise_questions: false\n'
    const open = await run({ phases: allPhases, more })
    const prompts = open.requests.map(({ body }) => promptOf(body)).join('\n')
    for (const value of ['private', '31337']) expect(prompts).toContain(value)
    for (const value of marked) expect(prompts).not.toContain(value)
  }, 60_000)

  it('lets no cell out that an engine stumbles over, neither into logs nor to a critic', async () => {
    const sql = 'SELECT CAST(customers.customer_name AS INTEGER) FROM customers'
    const answer: OpenAiServerOptions['answer'] = (body, number) =>
      isCritic(body)
        ? '{"score": 1, "remark": "Odd.", "repair": ""}'
        : JSON.stringify({ pairs: [{ question: `What is number ${number}?`, sql }] })
    const { out, requests, report } = await run({
      answer,
      source: duckdb,
      more: 'critic: {}\nbudget: {tokens: 5000}\n',
    })
    expect(report.phases[0].rejected).toMatchObject({ 'sql_failed: Could not convert string': 1 })
    const told = requests.map(({ body }) => promptOf(body)).join('\n')
    expect(told).toContain('It cannot be used: sql_failed')
    const everything = `${told}\n${await everythingIn(out)}`
    for (const value of marked) expect(everything).not.toContain(value)
  }, 30_000)

  it('says every second what it waits for', async () => {
    server = await startOpenAiServer({ answer: writeAll, delayMs: 1_200 })
    const text = `output_dir: ${join(folder, 'slow')}\nwriter: model\nmodel: {provider: openai, name: tiny}\nphases:\n  - {name: single_table, count: 2}\n`
    const read = parseSettings(text, 'test')
    if (!read.ok) throw new Error(read.problems.join(' '))
    const seen: unknown[][] = []
    await generatePairs({
      settings: read.settings,
      source: sqlite,
      home: join(folder, 'home'),
      access: { offline: true, openai: { baseUrl: server.baseUrl } },
      onProgress: (...progress) => seen.push(progress),
    })
    expect(seen).toContainEqual(['Generating single_table', 0, 2])
    const note = expect.stringMatching(/^0 answers, 0 tokens, [12] asked$/)
    expect(seen).toContainEqual(['Generating single_table', 0, 2, note])
  }, 30_000)

  it('puts the key into no file, no prompt and no message', async () => {
    const error = { message: `You sent ${secret}.` }
    const answer: OpenAiServerOptions['answer'] = (body, number) =>
      number === 1 ? { status: 400, error } : writePairs(body, number)
    const { out, said, requests, report } = await run({ answer })
    expect(report.phases[0].written).toBe(12)
    expect(await everythingIn(out)).not.toContain(secret)
    expect(said).not.toContain(secret)
    expect(requests.map(({ body }) => JSON.stringify(body)).join()).not.toContain(secret)
  }, 30_000)

  it('goes on after rubbish, half answers, repeats and failures, and says why they were left out', async () => {
    const bad = [
      'No, thank you.',
      '',
      '{"pairs": [{"question": "How many orders are there?", "sql": "SELECT COU',
      '{"pairs": []}',
      '{"pairs": [{"question": "How many?"}]}',
      '{"pairs": [{"question": "Drop it?", "sql": "DROP TABLE orders"}]}',
      '{"pairs": [{"question": "Which one?", "sql": "SELECT nothing FROM orders"}]}',
    ]
    const answer: OpenAiServerOptions['answer'] = (body, number) => {
      if (number % 2 === 1) return bad[(number - 1) / 2] ?? writePairs(body, number)
      if (number === 4) return 'cut'
      if (number === 6) return { status: 500 }
      return writePairs(body, number % 8)
    }
    const { code, out, report } = await run({ answer })
    expect(code).toBe(0)
    expect(await pairsIn(out)).toHaveLength(12)
    expect(Object.keys(report.phases[0].rejected)).toEqual(
      expect.arrayContaining([
        'the answer is no JSON',
        'the answer is empty',
        'the answer has no pairs',
        'a pair has no question or no sql',
        'asked before',
      ]),
    )
  }, 60_000)

  it('keeps the whole pairs of an answer that was cut', async () => {
    const answer: OpenAiServerOptions['answer'] = (body, number) => {
      const whole = writePairs(body, number)
      return { text: whole.slice(0, -20), finish: 'length' }
    }
    const { out, report } = await run({ answer })
    expect(await pairsIn(out)).toHaveLength(12)
    expect(report.phases[0].rejected['the answer was cut']).toBeGreaterThanOrEqual(12)
  }, 60_000)

  it('stops when nothing new comes any more', async () => {
    const { code, report, requests } = await run({ answer: (body) => writePairs(body, 1) })
    expect(code).toBe(0)
    expect(report).toMatchObject({ ended: 'fruitless', phases: [{ ended: { why: 'fruitless' } }] })
    expect(report.phases[0].written).toBeLessThan(12)
    expect(requests.length).toBeLessThan(40)
  }, 30_000)

  it('asks several at a time, as many as there are workers, and never the same twice', async () => {
    let most = 0
    const answer: OpenAiServerOptions['answer'] = (body, number) => {
      most = Math.max(most, server.open())
      return writePairs(body, number)
    }
    const phases = '  - {name: single_table, count: 12, api_answer_count: 2, parallelism: 4}'
    const { requests } = await run({ answer, phases, delayMs: 50 })
    expect(most).toBe(4)
    const asked = requests.map(({ body }) => `${body.seed} ${promptOf(body)}`)
    expect(new Set(asked).size).toBe(asked.length)
    expect(requests[0]?.body).toMatchObject({ temperature: 0.8, max_tokens: 1000 })
  }, 30_000)

  it('of several shards asks each for drafts of its own', async () => {
    const prompts: string[] = []
    for (const shard of ['1/2', '2/2']) {
      server = await startOpenAiServer({ answer: writeAll })
      const config = join(folder, 'shards.yaml')
      const model = '{provider: openai, name: tiny}'
      const out = join(folder, 'shards')
      await writeFile(
        config,
        `output_dir: ${out}\nwriter: model\nmodel: ${model}\nphases:\n${onePhase}\n`,
      )
      const context = recordingContext({
        PARLEY_HOME: join(folder, 'home'),
        PARLEY_OPENAI_URL: server.baseUrl,
      })
      expect(await generate({ config, source: sqlite, shard, json: true }, context)).toBe(0)
      expect(JSON.parse(context.printed.join('')).phases[0].written).toBe(6)
      prompts.push(...server.requests.map(({ body }) => `${body.seed}`))
      if (shard === '1/2') await server.close()
    }
    expect(new Set(prompts).size).toBe(prompts.length)
  }, 30_000)
})

describe('a server that', () => {
  it('refuses the key ends the run at once, and says so', async () => {
    const { code, said, requests, out } = await run({ answer: () => ({ status: 401 }) })
    expect(code).toBe(1)
    expect(said).toContain("The model's server refuses the key. (401)")
    expect(said).toContain('--resume goes on')
    expect(requests.length).toBeLessThanOrEqual(2)
    expect(await pairsIn(out)).toEqual([])
  })

  it('goes away in the middle ends the run, and a resumed one pays for nothing twice', async () => {
    const answer: OpenAiServerOptions['answer'] = (body, number) =>
      number < 3 ? writePairs(body, number) : { status: 503 }
    const first = await run({ answer })
    expect(first.code).toBe(1)
    expect(first.said).toContain('The model cannot be asked any more')
    const kept = await pairsIn(first.out)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(12)
    const known = first.requests.slice(0, 3).map(({ body }) => body.seed)
    await server.close()
    const second = await run({
      out: first.out,
      resume: true,
      answer: (body, number) => writePairs(body, number + 50),
    })
    expect(second.code).toBe(0)
    const all = await pairsIn(first.out)
    expect(all).toHaveLength(12)
    expect(all.slice(0, kept.length)).toEqual(kept)
    expect(new Set(all.map(({ id }) => id)).size).toBe(12)
    expect(second.requests.filter(({ body }) => known.includes(body.seed))).toEqual([])
  }, 60_000)

  it('asks to wait is waited for, and it is said', async () => {
    const busy = { status: 429, headers: { 'retry-after': '1' } }
    const answer: OpenAiServerOptions['answer'] = (body, number) =>
      number === 0 ? busy : writePairs(body, number)
    const { code, said } = await run({ answer })
    expect(code).toBe(0)
    expect(said).toMatch(/is busy\..* Asking again in 1\.0 s\./)
  }, 30_000)

  it('is slow can be left with Ctrl-C; what was written stays and is gone on with', async () => {
    const stop = new AbortController()
    const answer: OpenAiServerOptions['answer'] = (body, number) => {
      if (number < 3) return writePairs(body, number)
      setTimeout(() => stop.abort(), 20)
      return 'silent'
    }
    const stopped = await run({ answer, signal: stop.signal })
    expect(stopped.code).toBe(1)
    expect(stopped.report.stopped).toBe(true)
    const kept = await pairsIn(stopped.out)
    expect(kept.length).toBeLessThan(12)
    await server.close()
    const second = await run({
      out: stopped.out,
      resume: true,
      answer: (body, number) => writePairs(body, number + 50),
    })
    expect(second.code).toBe(0)
    expect((await pairsIn(stopped.out)).slice(0, kept.length)).toEqual(kept)
    expect(await pairsIn(stopped.out)).toHaveLength(12)
  }, 30_000)
})

describe('a budget', () => {
  it('of nothing asks nothing, and leaves a run that can be gone on with', async () => {
    const nothing = await run({ more: 'budget: {tokens: 0}\n' })
    expect(nothing).toMatchObject({ code: 0, report: { ended: 'budget', usage: [] } })
    expect(nothing.requests).toEqual([])
    expect(await pairsIn(nothing.out)).toEqual([])
    await server.close()
    const second = await run({ out: nothing.out, resume: true })
    expect(second.report.phases[0].written).toBe(12)
  }, 30_000)

  it('is never passed, counts what earlier runs used, and a larger one goes on', async () => {
    const small = await run({ more: 'budget: {tokens: 2000}\n' })
    expect(small).toMatchObject({ code: 0, report: { ended: 'budget' } })
    const [used] = small.report.usage
    expect(used.input + used.output).toBeLessThanOrEqual(2_000)
    const kept = await pairsIn(small.out)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(12)
    expect(small.report.split.train + small.report.split.validation).toBe(kept.length)
    await server.close()
    const same = await run({ out: small.out, resume: true, more: 'budget: {tokens: 2000}\n' })
    expect(same.requests).toEqual([])
    expect(same.report.usage).toEqual(small.report.usage)
    await server.close()
    const larger = await run({
      out: small.out,
      resume: true,
      more: 'budget: {tokens: 90000}\n',
      answer: (body, number) => writePairs(body, number + 50),
    })
    expect(larger.report.ended).toBeUndefined()
    expect(larger.report.usage[0].calls).toBeGreaterThan(used.calls)
    expect((await pairsIn(small.out)).slice(0, kept.length)).toEqual(kept)
    expect(await pairsIn(small.out)).toHaveLength(12)
  }, 60_000)

  it('of money goes by the prices', async () => {
    const prices = '{tiny: {input: 1000, output: 2000}}'
    const { report, out } = await run({ more: `budget: {money: 3, prices: ${prices}}\n` })
    const [{ input, output, money }] = report.usage
    expect(money).toBeCloseTo((input * 1000 + output * 2000) / 1e6)
    expect(money).toBeLessThanOrEqual(3)
    expect(report.ended).toBe('budget')
    expect((await pairsIn(out)).length).toBeGreaterThan(0)
  }, 30_000)

  it('of money needs a price', async () => {
    const { code, said, requests } = await run({ more: 'budget: {money: 1}\n' })
    expect(code).toBe(1)
    expect(said).toContain('budget.money needs the price of tiny in budget.prices.')
    expect(requests).toEqual([])
  })
})
