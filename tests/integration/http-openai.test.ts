/** OpenAI's own client against the whole service: nothing of it is changed but the address and the key. */
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import type { ServiceLimits } from '../../src/service-limits.js'
import { type RealService, realService } from '../support/real-service.js'
import { type SlowModel, slowModel } from '../support/slow-model.js'
import {
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const written = 'select stores.store_name order by stores.store_id limit 1'
const total = 'Total sales amount in 2023'

let home: TemporaryHome
let source: string
let service: RealService
let running: string | undefined
let model: SlowModel

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
})
afterAll(async () => {
  await stop()
  await home.remove()
})

/** The service that runs is kept where it is the one that is wanted. */
async function start(limits: Partial<ServiceLimits> = {}, takesMs = 0, withKeys = false) {
  const wanted = JSON.stringify([limits, takesMs, withKeys])
  if (running === wanted) return
  await stop()
  running = wanted
  model = slowModel(written, takesMs)
  const keys = { store: openKeyStore(home.path), required: withKeys }
  service = await realService({ home: home.path, source, model, limits, keys })
}

async function stop() {
  if (running !== undefined) await service.close()
  running = undefined
}

function client(apiKey = 'none', maxRetries = 0) {
  return new OpenAI({ baseURL: `${service.url}/v1`, apiKey, maxRetries })
}

type Messages = OpenAI.Chat.ChatCompletionMessageParam[]

function asked(...questions: readonly string[]): Messages {
  return questions.flatMap((content, at) => [
    ...(at === 0 ? [] : [{ role: 'assistant' as const, content: 'What was answered.' }]),
    { role: 'user' as const, content },
  ])
}

function ask(...questions: readonly string[]) {
  return client().chat.completions.create({ model: 'rules', messages: asked(...questions) })
}

async function conversations(): Promise<readonly { readonly id: string }[]> {
  const response = await fetch(`${service.url}/api/v1/conversations`)
  return JSON.parse(await response.text()).conversations
}

describe("OpenAI's client", () => {
  it('gets the text, the SQL and a small table', async () => {
    await start()
    const completion = await ask('Total sales amount by city of the store in 2023')
    expect(completion).toMatchObject({ object: 'chat.completion', model: 'rules' })
    expect(completion.id).toMatch(/^chatcmpl-/)
    const [choice] = completion.choices
    expect(choice).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant' } })
    const content = choice?.message.content ?? ''
    expect(content).toMatch(/```sql\nSELECT[\s\S]*```/)
    expect(content).toMatch(/\n\| --- \| --: \|\n\| (?:Ashford|Barrow|Corby) \| [\d,]+ \|/)
  })

  it('streams the same content, and the usage where it is asked for', async () => {
    await start()
    const whole = await ask(total)
    const stream = await client().chat.completions.create({
      model: 'rules',
      messages: asked(total),
      stream: true,
      stream_options: { include_usage: true },
    })
    let content = ''
    const finished: unknown[] = []
    let usage: unknown
    for await (const chunk of stream) {
      content += chunk.choices[0]?.delta.content ?? ''
      finished.push(chunk.choices[0]?.finish_reason ?? null)
      usage = chunk.usage ?? usage
    }
    expect(content).toBe(whole.choices[0]?.message.content)
    expect(content).toContain(shopSales(2023).toLocaleString('en'))
    expect(finished.filter((reason) => reason !== null)).toEqual(['stop'])
    expect(usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
  })

  it('may be used through its own streaming helper', async () => {
    await start()
    const stream = client().chat.completions.stream({ model: 'rules', messages: asked(total) })
    expect(await stream.finalContent()).toContain('SELECT')
  })

  it('sees generators and datasets as models', async () => {
    await start()
    const models = await client().models.list()
    const ids = models.data.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['auto', 'rules', 'local', 'own']))
    expect(await client().models.retrieve('own')).toMatchObject({ owned_by: 'parley-dataset' })
    const messages = asked(total)
    const completion = await client().chat.completions.create({ model: 'own', messages })
    expect(completion.choices[0]?.message.content).toContain('SELECT')
    const unknown = client().chat.completions.create({ model: 'gpt-9', messages })
    await expect(unknown).rejects.toMatchObject({ status: 404, code: 'not_found' })
    await expect(client().models.retrieve('gpt-9')).rejects.toThrow(OpenAI.NotFoundError)
  })

  it('is told in words of a question that cannot be answered', async () => {
    await start()
    const completion = await ask('Delete all stores')
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'stop' })
    expect(completion.choices[0]?.message.content).not.toContain('SELECT')
  })

  it('counts what the model wrote', async () => {
    await start()
    const completion = await client().chat.completions.create({
      model: 'local',
      messages: asked('Which store has most?'),
    })
    expect(completion.choices[0]?.message.content).toContain('store_name')
    expect(completion.usage?.total_tokens).toBe(completion.usage?.completion_tokens)
  })

  it('ends the work of the model when it aborts', async () => {
    await start({}, 60_000)
    const stream = await client().chat.completions.create({
      model: 'local',
      messages: asked('Which store has most?'),
      stream: true,
    })
    const reading = (async () => {
      for await (const _chunk of stream);
    })()
    await expect.poll(() => model.count.begun).toBe(1)
    stream.controller.abort()
    await reading
    await expect.poll(() => model.count.stopped).toBe(1)
  })

  it.each([
    ['several answers', { n: 2 }],
    ['JSON of a shape', { response_format: { type: 'json_object' as const } }],
    ['a tool call', { tool_choice: 'required' as const }],
  ])('is refused %s, instead of getting something else', async (_what, extra) => {
    await start()
    const made = client().chat.completions.create({
      model: 'rules',
      messages: asked(total),
      ...extra,
    })
    await expect(made).rejects.toMatchObject({ status: 400, code: 'invalid_request' })
  })
})

describe('the messages of a chat', () => {
  const followUp = 'And in 2024?'

  it('are the context of the last one, in one conversation', async () => {
    await start()
    const before = (await conversations()).length
    await ask(total)
    const content = (await ask(total, followUp)).choices[0]?.message.content
    expect(content).toContain(shopSales(2024).toLocaleString('en'))
    expect(await conversations()).toHaveLength(before + 1)
  })

  it('decide, not what was asked meanwhile: an edited question forks the chat', async () => {
    await start()
    await ask(total)
    await ask(total, followUp)
    const forked = (await ask(total, 'And by city of the store?')).choices[0]?.message.content
    expect(forked).toMatch(/^Total sales amount by city in 2023/)
  })

  it('hold after a restart, when nobody remembers the chat', async () => {
    await start()
    await ask(total)
    await stop()
    await start()
    const content = (await ask(total, followUp)).choices[0]?.message.content
    expect(content).toContain(shopSales(2024).toLocaleString('en'))
  })

  it('hold after the conversation was removed', async () => {
    await start()
    await ask(total)
    const [newest] = await conversations()
    await fetch(`${service.url}/api/v1/conversations/${newest?.id}`, { method: 'DELETE' })
    const content = (await ask(total, followUp)).choices[0]?.message.content
    expect(content).toContain(shopSales(2024).toLocaleString('en'))
  })

  it('take up a question back by its choice', async () => {
    await start()
    const doubtful = 'Total sales amount by city'
    const first = (await ask(doubtful)).choices[0]?.message.content ?? ''
    const [, choice = ''] = /^- (.+)$/m.exec(first) ?? []
    expect(choice).not.toBe('')
    expect((await ask(doubtful, choice)).choices[0]?.message.content).toContain('SELECT')
  })

  it('may come as parts, with system messages that change nothing', async () => {
    await start()
    const completion = await client().chat.completions.create({
      model: 'rules',
      temperature: 1,
      messages: [
        { role: 'system', content: 'You are a pirate.' },
        { role: 'user', content: [{ type: 'text', text: total }] },
      ],
    })
    expect(completion.choices[0]?.message.content).toContain(shopSales(2023).toLocaleString('en'))
  })

  it('may be far longer than a question, and end with one', async () => {
    await start()
    const long = { role: 'assistant' as const, content: 'x'.repeat(100_000) }
    const messages: Messages = [...asked(total), long, ...asked(followUp)]
    const completion = await client().chat.completions.create({ model: 'rules', messages })
    expect(completion.choices[0]?.message.content).toContain(shopSales(2024).toLocaleString('en'))
    const unasked = client().chat.completions.create({ model: 'rules', messages: [long] })
    await expect(unasked).rejects.toMatchObject({ status: 400 })
  })
})

describe('the door for completions', () => {
  it('needs a key wherever the others do', async () => {
    await start({}, 0, true)
    const store = openKeyStore(home.path)
    const created = await store.create('ada', 'ask')
    if (!created.ok) throw new Error('no key')
    await expect(client().models.list()).rejects.toThrow(OpenAI.AuthenticationError)
    await expect(client('parley_wrong').models.list()).rejects.toMatchObject({
      status: 401,
      code: 'unauthorized',
    })
    const answered = await client(created.token).chat.completions.create({
      model: 'rules',
      messages: asked(total),
    })
    expect(answered.choices).toHaveLength(1)
  })

  it('says 429 with when to come again, and the client comes again by itself', async () => {
    await start({ requestsPerSecond: 1 })
    const refused = Promise.all(Array.from({ length: 6 }, () => client().models.list()))
    await expect(refused).rejects.toThrow(OpenAI.RateLimitError)
    expect((await client('none', 5).models.list()).data.length).toBeGreaterThan(0)
  })

  it('says in the stream that there is no time for the question', async () => {
    await start({ queued: 0 }, 60_000)
    const create = () =>
      client().chat.completions.create({
        model: 'local',
        messages: asked('Which store has most?'),
        stream: true,
      })
    const first = await create()
    await expect.poll(() => model.count.begun).toBe(1)
    const second = (async () => {
      for await (const _chunk of await create());
    })()
    await expect(second).rejects.toMatchObject({ code: 'busy' })
    first.controller.abort()
  })
})
