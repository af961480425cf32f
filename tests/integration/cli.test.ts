/** The commands, run in this process with a terminal that records: what they print and how they end. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../src/commands/ask.js'
import { doctor } from '../../src/commands/doctor.js'
import { index } from '../../src/commands/index-source.js'
import { serve } from '../../src/commands/serve.js'
import { readConfig } from '../../src/config.js'
import { type RecordingContext, recordingContext } from '../support/recording-context.js'
import {
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

let home: TemporaryHome
let source: string

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
})

afterAll(() => home.remove())

function recording(variables: NodeJS.ProcessEnv = {}, signal?: AbortSignal): RecordingContext {
  return recordingContext({ PARLEY_HOME: home.path, ...variables }, signal)
}

const question = 'Total sales amount in 2023'

describe('parley ask', () => {
  it('prints the answer in words with its SQL, and ends with 0', async () => {
    const context = recording()
    expect(await ask({ words: [source, question], rag: true }, context)).toBe(0)
    const text = context.printed.join('\n')
    expect(text.replaceAll(',', '')).toContain(String(shopSales(2023)))
    expect(text).toContain('SELECT')
  })

  it('takes all words for the question when the source is given apart from them', async () => {
    const context = recording()
    expect(await ask({ words: question.split(' '), source, rag: true }, context)).toBe(0)
    expect(context.printed.join('').replaceAll(',', '')).toContain(String(shopSales(2023)))
  })

  it('prints a table when there are several rows', async () => {
    const context = recording({ PARLEY_SOURCE: source })
    await ask({ words: ['Total', 'sales', 'amount', 'by', 'store', 'name'], rag: true }, context)
    for (let id = 1; id <= 6; id += 1) expect(context.printed.join('\n')).toContain(`Shop ${id}`)
  })

  it('prints exactly one answer as JSON', async () => {
    const context = recording()
    expect(await ask({ words: [source, question], rag: true, json: true }, context)).toBe(0)
    expect(context.printed).toHaveLength(1)
    const answer = JSON.parse(context.printed[0] ?? '')
    expect(answer).toMatchObject({ ok: true, kind: 'data', question, rows: [[shopSales(2023)]] })
  })

  it('ends with 1 when the question is not understood, and says what would be', async () => {
    const context = recording()
    const words = [source, 'What is the weather in Paris?']
    expect(await ask({ words, rag: true }, context)).toBe(1)
    expect(context.printed.join('\n')).toMatch(/weather[\s\S]*Questions that will work:\n- \w/)
  })

  it('prints a failure as one JSON answer too', async () => {
    const context = recording()
    expect(await ask({ words: [source, '   '], rag: true, json: true }, context)).toBe(1)
    const answer = JSON.parse(context.printed.join(''))
    expect(answer).toMatchObject({ ok: false, error: { code: 'empty_question' } })
  })

  it('lists the readings to choose from, each with a name that makes the question clear', async () => {
    const question = 'total sales amount by city'
    const context = recording()
    expect(await ask({ words: [source, question], rag: true }, context)).toBe(0)
    const names = [...context.printed.join('\n').matchAll(/^- .+ write "(.+)" for it$/gm)]
    expect(names).toHaveLength(2)
    for (const [, name = ''] of names) {
      const next = recording()
      const words = [source, question.replace('city', name)]
      expect(await ask({ words, rag: true }, next)).toBe(0)
      expect(next.printed.join('\n')).toContain(`SELECT ${name}`)
    }
  })

  it('ends with 2 when the generator is unknown or nothing is asked', async () => {
    for (const options of [{ words: [question], generator: 'magic' }, { words: [] }]) {
      const context = recording()
      expect(await ask({ ...options, rag: true }, context)).toBe(2)
      expect(context.printed).toEqual([])
      expect(context.said.join('\n')).toContain('parley ask')
    }
  })

  it('rejects with what to tell the user when the source is missing', async () => {
    const words = [join(home.path, 'nowhere.csv'), question]
    await expect(ask({ words, rag: true }, recording())).rejects.toMatchObject({
      name: 'SetUpError',
      code: 'source_missing',
    })
  })

  it('answers as cancelled when it was stopped', async () => {
    const context = recording({}, AbortSignal.abort())
    expect(await ask({ words: [source, question], rag: true, json: true }, context)).toBe(1)
    expect(JSON.parse(context.printed.join('')).error.code).toBe('cancelled')
  })
})

describe('parley index', () => {
  it('says how much it read', async () => {
    const context = recording()
    expect(await index({ source }, context)).toBe(0)
    expect(context.printed.join('\n')).toMatch(/3 tables, 2 relationships/)
  })

  it('prints one JSON object with the relationships it found', async () => {
    const context = recording()
    expect(await index({ source, json: true }, context)).toBe(0)
    const result = JSON.parse(context.printed.join(''))
    expect(result).toMatchObject({ tables: 3, index: { name: 'index' } })
    expect(result.relationships).toHaveLength(2)
  })
})

describe('parley doctor', () => {
  it('shows every part, and ends with 0 when questions can be answered by lesser parts', async () => {
    const context = recording()
    expect(await doctor({ source }, context)).toBe(0)
    const text = context.printed.join('\n')
    for (const part of ['database', 'index', 'embedder', 'model', 'conversations', 'disk']) {
      expect(text).toMatch(new RegExp(`^[✓…!✗] ${part}: .+$`, 'm'))
    }
    expect(text).toMatch(/^✓ database/m)
    expect(text).toMatch(/^✗ model/m)
  })

  it('ends with 1 and says what to do when there is no data', async () => {
    const context = recording()
    const missing = join(home.path, 'nowhere.duckdb')
    expect(await doctor({ source: missing, json: true }, context)).toBe(1)
    const { ready, checks } = JSON.parse(context.printed.join(''))
    expect(ready).toBe(false)
    expect(checks[0]).toMatchObject({ name: 'database', state: 'missing' })
    expect(checks[0].note).toContain('Check the path.')
  })

  it('ends with 1 and says so when the store that replicas share does not answer', async () => {
    const context = recording({ PARLEY_STORE: 'postgres://parley@127.0.0.1:9/parley' })
    expect(await doctor({ source, json: true }, context)).toBe(1)
    const { ready, checks } = JSON.parse(context.printed.join(''))
    const parts = checks.filter(({ name }: { name: string }) => name === 'conversations')
    expect(ready).toBe(false)
    expect(parts).toEqual([
      { name: 'conversations', state: 'missing', note: expect.stringContaining('127.0.0.1:9') },
    ])
  })
})

describe('parley serve', () => {
  it('answers over HTTP until it is stopped, and then ends with 0', async () => {
    const stopper = new AbortController()
    const context = recording({}, stopper.signal)
    const ended = serve({ source, port: '0', json: true }, context)
    await expect.poll(() => context.printed.length, { timeout: 10_000 }).toBe(1)
    const { url } = JSON.parse(context.printed[0] ?? '')
    const response = await fetch(`${url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: question }),
    })
    expect(response.status).toBe(200)
    expect(JSON.stringify(await response.json())).toContain(String(shopSales(2023)))
    stopper.abort()
    expect(await ended).toBe(0)
    await expect(fetch(`${url}/health/live`)).rejects.toThrow()
  })

  it('has its home to itself, says where it is, and lets others ask beside it', async () => {
    const stopper = new AbortController()
    const context = recording({}, stopper.signal)
    const ended = serve({ source, port: '0', json: true }, context)
    await expect.poll(() => context.printed.length, { timeout: 10_000 }).toBe(1)
    const { url } = JSON.parse(context.printed[0] ?? '')
    await expect(serve({ source, port: '0' }, recording())).rejects.toMatchObject({
      code: 'home_in_use',
      message: expect.stringContaining(url),
      hints: [expect.stringContaining(url), expect.stringContaining('PARLEY_HOME')],
    })
    expect(await ask({ words: [source, question], rag: true }, recording())).toBe(0)
    stopper.abort()
    expect(await ended).toBe(0)
    const next = new AbortController()
    const again = serve({ source, port: '0', json: true }, recording({}, next.signal))
    next.abort()
    expect(await again).toBe(0)
  })

  it('ends with 2 when the port is none', async () => {
    for (const port of ['many', '70000', '-1', '1.5']) {
      const context = recording()
      expect(await serve({ source, port }, context)).toBe(2)
      expect(context.said.join('\n')).toContain(port)
    }
  })
})

describe('the settings', () => {
  it('are refused with the name of each that cannot be used', () => {
    const read = readConfig({ PARLEY_PORT: 'many', PARLEY_GENERATOR: 'magic', PARLEY_OFFLINE: '1' })
    if (read.ok) throw new Error('They were taken.')
    expect(read.problems.join('\n')).toMatch(/PARLEY_PORT: [\s\S]*PARLEY_GENERATOR: /)
    expect(read.problems).toHaveLength(2)
  })
})
