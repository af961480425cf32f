import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinFreeGrammar } from '../../models/grammar/join-free-grammar.js'
import type { CompletionRequest, LanguageModel } from '../../models/language-model.js'
import { createLlamaLanguageModel } from '../../models/llama/llama-language-model.js'
import { openLlama } from '../../models/llama/open-llama.js'
import { questionText, schemaText } from '../../models/prompts/sql-prompt.js'
import { baseModelPath, missingBaseModel } from '../support/cached-weights.js'
import { gbnfMatcher } from '../support/gbnf-matcher.js'
import { writeRandomLora } from '../support/random-lora.js'

const tables = [
  {
    name: 'ship',
    columns: [
      { name: 'ship_id', kind: 'number', type: 'int' },
      { name: 'ship_name', kind: 'text' },
      { name: 'built', kind: 'date', type: 'date' },
    ],
  },
  {
    name: 'port call',
    columns: [
      { name: 'ship_id', kind: 'number', type: 'int' },
      { name: 'harbour', kind: 'text' },
    ],
  },
] as const
const grammar = joinFreeGrammar({ dialect: 'duckdb', tables, values: [] })
const accepts = gbnfMatcher(grammar)
const promptFor = (question: string) =>
  schemaText('duckdb', tables) + questionText({ values: [], question })

describe.skipIf(missingBaseModel)('the language model', () => {
  let folder: string
  let llama: Llama
  let model: LanguageModel
  const open = (adapterPath?: string) =>
    createLlamaLanguageModel({
      llama,
      name: 'base',
      fingerprint: 'base',
      modelPath: baseModelPath,
      adapterPath,
      threads: 1,
      contextSize: 1_024,
    })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-lora-'))
    llama = await openLlama()
    model = await open()
  })
  afterAll(async () => {
    await model.close()
    await llama.dispose()
    await rm(folder, { recursive: true })
  })

  /** Of three times, so that other work of the machine does not count. */
  const leastMs = async (request: CompletionRequest) => {
    const times: number[] = []
    for (let time = 0; time < 3; time += 1) times.push((await model.complete(request)).elapsedMs)
    return Math.min(...times)
  }

  it.each(['How many ships are there?', 'Ships built after 1900', 'Harbours with the most ships'])(
    'ends an answer to "%s" inside the grammar',
    async (question) => {
      const { text, cut } = await model.complete({
        prompt: promptFor(question),
        grammar,
        maxTokens: 400,
      })
      expect(cut).toBe(false)
      expect(accepts(text)).toBe(true)
    },
  )

  it('gives equal text for equal prompts, whatever was asked between', async () => {
    const request = { prompt: promptFor('Names of all ships'), maxTokens: 24 }
    const first = await model.complete(request)
    await model.complete({ prompt: 'Something else entirely', maxTokens: 3 })
    expect((await model.complete(request)).text).toBe(first.text)
  })

  it('reads only the new end of a prompt whose beginning it knows', async () => {
    const schema = `${schemaText('duckdb', tables)}${'filler: filler_id int, filling, fillers int\n'.repeat(60)}`
    const slow = await model.complete({ prompt: `${schema}One`, prefix: schema, maxTokens: 1 })
    const again = { prompt: `${schema}Two`, prefix: schema, maxTokens: 1 }
    expect(await leastMs(again)).toBeLessThan(slow.elapsedMs / 3)
  })

  it('believes exactly the same, whatever was asked before', async () => {
    const prefix = schemaText('duckdb', tables)
    const request = { prompt: promptFor('Names of all ships'), prefix, maxTokens: 24 }
    const drawn = { ...request, sampling: { temperature: 1.2, seed: 7 } }
    const before = [await model.complete(request), await model.complete(drawn)]
    await model.complete({ ...request, prompt: promptFor('Names of all ships built in 1987') })
    const behind = [await model.complete(request), await model.complete(drawn)]
    await model.complete({ prompt: 'Something else entirely', maxTokens: 3 })
    const afresh = [await model.complete(request), await model.complete(drawn)]
    const facts = (completions: typeof before) => completions.map(({ elapsedMs, ...rest }) => rest)
    expect(facts(behind)).toEqual(facts(before))
    expect(facts(afresh)).toEqual(facts(before))
  })

  it('answers one request after the other, in the order asked', async () => {
    const order: number[] = []
    const ask = async (number: number) => {
      await model.complete({ prompt: `${number}, ${number + 1},`, maxTokens: 5 })
      order.push(number)
    }
    await Promise.all([ask(1), ask(2), ask(3)])
    expect(order).toEqual([1, 2, 3])
  })

  it('counts tokens as it writes, stops at the limit, and says so', async () => {
    const seen: number[] = []
    const completion = await model.complete({
      prompt: 'One, two, three,',
      maxTokens: 6,
      onToken: (tokens) => seen.push(tokens),
    })
    expect(completion).toMatchObject({ tokens: 6, cut: true })
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('tells how sure it was: of the alphabet quite, of its least sure letter less', async () => {
    const { meanLogProbability = 1, leastProbability = 2 } = await model.complete({
      prompt: 'A, B, C, D, E, F, G,',
      maxTokens: 4,
    })
    expect(meanLogProbability).toBeLessThan(0)
    expect(meanLogProbability).toBeGreaterThan(-2)
    expect(Math.log(leastProbability)).toBeLessThanOrEqual(meanLogProbability)
  })

  it('tells how sure it was under a grammar only when asked', async () => {
    const request = { prompt: promptFor('Names of all ships'), grammar, maxTokens: 8 }
    expect((await model.complete(request)).meanLogProbability).toBeUndefined()
    const asked = await model.complete({ ...request, withProbability: true })
    expect(asked.leastProbability).toBeGreaterThan(0)
  })

  it('tells how likely another answer was to begin', async () => {
    const prompt = 'A, B, C, D, E, F, G,'
    const { text } = await model.complete({ prompt, maxTokens: 1 })
    const told = async (rival: string) =>
      (await model.complete({ prompt, maxTokens: 4, rival })).rivalProbability
    expect(await told(text)).toBeGreaterThan(0.5)
    expect(await told(' elephants')).toBeLessThan(0.01)
    expect((await model.complete({ prompt, maxTokens: 4 })).rivalProbability).toBeUndefined()
  })

  it('ends its text before a stop', async () => {
    const prompt = 'One, two, three,'
    const whole = await model.complete({ prompt, maxTokens: 12 })
    const stopped = await model.complete({ prompt, maxTokens: 12, stop: ', six' })
    expect(whole.text).toContain(', six')
    expect(stopped.text).toBe(whole.text.slice(0, whole.text.indexOf(', six')))
    expect(stopped.cut).toBe(false)
  })

  it('draws equal text for equal seeds, other text for others, and the likeliest when cold', async () => {
    const draw = (temperature: number, seed: number) =>
      model.complete({
        prompt: 'My favourite town is',
        maxTokens: 12,
        sampling: { temperature, seed },
      })
    const first = await draw(1, 1)
    expect((await draw(1, 1)).text).toBe(first.text)
    expect((await draw(1, 2)).text).not.toBe(first.text)
    const greedy = await model.complete({ prompt: 'My favourite town is', maxTokens: 12 })
    expect((await draw(0.01, 3)).text).toBe(greedy.text)
    expect(first.meanLogProbability).toBeLessThan(greedy.meanLogProbability ?? -9)
  })

  it('reads nothing of an answer that it has written before', async () => {
    const request = { prompt: 'A, B, C, D, E, F, G,', maxTokens: 16 }
    const first = await model.complete(request)
    const seen: number[] = []
    const again = await model.complete({ ...request, onToken: (tokens) => seen.push(tokens) })
    expect(again).toEqual({ ...first, elapsedMs: again.elapsedMs })
    expect(await leastMs(request)).toBeLessThan(first.elapsedMs / 5)
    expect(seen).toHaveLength(16)
  })

  it('goes on rightly where an answer leaves those before it', async () => {
    const prompt = 'One, two, three,'
    const alone = await model.complete({ prompt, maxTokens: 12 })
    await model.complete({ prompt: 'Something else entirely', maxTokens: 1 })
    const drawn = new Set<string>()
    for (const seed of [1, 2, 3]) {
      const sampling = { temperature: 1.5, seed }
      drawn.add((await model.complete({ prompt, maxTokens: 12, sampling })).text)
    }
    expect(drawn.size).toBeGreaterThan(1)
    expect((await model.complete({ prompt, maxTokens: 12 })).text).toBe(alone.text)
  })

  it('draws inside a grammar too', async () => {
    const drawn = []
    for (const seed of [1, 2, 3]) {
      const request = { prompt: promptFor('Names of all ships'), grammar, maxTokens: 60 }
      drawn.push(await model.complete({ ...request, sampling: { temperature: 0.9, seed } }))
    }
    // A base model that draws may not find an end, and half a text is not in the grammar.
    const whole = drawn.filter(({ cut }) => !cut)
    expect(whole).not.toEqual([])
    expect(whole.map(({ text }) => accepts(text))).not.toContain(false)
  })

  it('stops when cancelled and answers the next request', async () => {
    const stop = new AbortController()
    const cancelled = model.complete({
      prompt: 'Once upon a time',
      maxTokens: 500,
      signal: stop.signal,
      onToken: (tokens) => tokens === 3 && stop.abort(),
    })
    await expect(cancelled).rejects.toThrow('abort')
    expect((await model.complete({ prompt: 'One, two,', maxTokens: 2 })).tokens).toBe(2)
  })

  it('refuses a prompt that fills its context', async () => {
    const prompt = 'word '.repeat(2_000)
    await expect(model.complete({ prompt, maxTokens: 1 })).rejects.toThrow(RangeError)
  })

  it('writes otherwise with a LoRA adapter', async () => {
    const adapterPath = join(folder, 'random.gguf')
    await writeRandomLora(adapterPath)
    const adapted = await open(adapterPath)
    const request = { prompt: promptFor('Names of all ships'), maxTokens: 12 }
    const [plain, changed] = [await model.complete(request), await adapted.complete(request)]
    await adapted.close()
    expect(changed.text).not.toBe(plain.text)
  })

  it('refuses an adapter of another architecture', async () => {
    const adapterPath = join(folder, 'foreign.gguf')
    await writeRandomLora(adapterPath, 'bert')
    await expect(open(adapterPath)).rejects.toThrow()
  })
})
