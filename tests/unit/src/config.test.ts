/** Settings of the environment that could give something away. */
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config.js'
import { defaultServiceLimits } from '../../../src/service-limits.js'

function openaiOf(variables: NodeJS.ProcessEnv) {
  const read = readConfig(variables)
  return read.ok ? read.config.openai : read.problems
}

describe('a server of OpenAI’s API', () => {
  it('is known by its address alone, with a model and a key or without', () => {
    expect(openaiOf({ PARLEY_OPENAI_URL: 'http://127.0.0.1:8080/v1' })).toEqual({
      baseUrl: 'http://127.0.0.1:8080/v1',
      allowance: { prices: {} },
    })
    expect(
      openaiOf({
        PARLEY_OPENAI_URL: 'https://models.example/v1',
        PARLEY_OPENAI_MODEL: 'tiny',
        PARLEY_OPENAI_KEY: 'sk-1',
      }),
    ).toMatchObject({ baseUrl: 'https://models.example/v1', model: 'tiny', key: 'sk-1' })
  })

  it('is that of OpenAI where there is nothing but a key for it', () => {
    expect(openaiOf({ PARLEY_OPENAI_KEY: 'sk-1' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
    })
  })

  it('is not configured by a key that is meant for somebody else', () => {
    expect(openaiOf({ OPENAI_API_KEY: 'sk-1' })).toBeUndefined()
  })

  it('may be several with one model', () => {
    const urls = 'http://one:8080/v1, http://two:8080/v1'
    expect(openaiOf({ PARLEY_OPENAI_URL: urls })).toMatchObject({
      baseUrl: 'http://one:8080/v1',
      others: ['http://two:8080/v1'],
    })
    expect(openaiOf({ PARLEY_OPENAI_URL: 'http://one/v1,http://key@two/v1' })).toEqual([
      expect.stringContaining('PARLEY_OPENAI_KEY'),
    ])
  })

  it('may cost so much a day, by prices that are read from the beginnings of names', () => {
    const prices = 'gpt-5-mini=0.25/2, ft:gpt=0.8/3.2'
    expect(
      openaiOf({
        PARLEY_OPENAI_KEY: 'sk-1',
        PARLEY_OPENAI_PRICES: prices,
        PARLEY_OPENAI_DAILY_MONEY: '5',
      }),
    ).toMatchObject({
      allowance: {
        prices: { 'gpt-5-mini': { input: 0.25, output: 2 }, 'ft:gpt': { input: 0.8, output: 3.2 } },
        money: 5,
      },
    })
    expect(openaiOf({ PARLEY_OPENAI_PRICES: 'gpt-5-mini=cheap' })).toEqual([
      expect.stringContaining('a price is model=0.25/2'),
    ])
  })

  it.each(['127.0.0.1:8080', 'file:///etc/passwd', 'https://user:pass@models.example/v1'])(
    'is not taken from %s',
    (url) => {
      expect(openaiOf({ PARLEY_OPENAI_URL: url })).toEqual([
        expect.stringMatching(/^PARLEY_OPENAI_URL: /),
      ])
      expect(JSON.stringify(openaiOf({ PARLEY_OPENAI_URL: url }))).not.toContain('pass@')
    },
  )
})

describe('what watches a service', () => {
  const read = (variables: NodeJS.ProcessEnv) => {
    const outcome = readConfig(variables)
    return outcome.ok ? outcome.config : outcome.problems
  }

  it('is an audit log and no traces, unless something else is set', () => {
    expect(read({})).toMatchObject({ audit: 'full' })
    expect(read({})).toHaveProperty('traces', undefined)
    expect(
      read({ PARLEY_AUDIT: 'redacted', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }),
    ).toMatchObject({ audit: 'redacted', traces: 'http://127.0.0.1:4318' })
  })

  it('is said to be wrong where it is, so that nobody believes in a log that is not written', () => {
    expect(read({ PARLEY_AUDIT: 'yes' })).toEqual([expect.stringMatching(/^PARLEY_AUDIT: /)])
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toEqual([
      expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT: /),
    ])
  })
})

describe('the limits of a service', () => {
  it('are the usual ones unless they are set, times in seconds', () => {
    const read = readConfig({ PARLEY_QUERY_TIME: '2.5', PARLEY_MODEL_QUEUE: '4' })
    if (!read.ok) throw new Error(read.problems.join())
    const { limits } = read.config
    expect(limits).toEqual({ ...defaultServiceLimits, queryMs: 2_500, queued: 4 })
  })

  it.each(['PARLEY_QUERY_TIME', 'PARLEY_MODEL_QUEUE', 'PARLEY_RATE_LIMIT', 'PARLEY_MAX_QUESTIONS'])(
    'cannot be lifted by %s',
    (name) => {
      for (const value of ['0', '-1', 'Infinity', 'none']) {
        expect(readConfig({ [name]: value })).toMatchObject({ ok: false })
      }
    },
  )

  it('name hosts and origins, and nothing else', () => {
    const read = readConfig({
      PARLEY_ALLOWED_HOSTS: 'parley.example, 10.0.0.2',
      PARLEY_ALLOWED_ORIGINS: 'https://intranet.example',
    })
    expect(read).toMatchObject({
      config: {
        allowedHosts: ['parley.example', '10.0.0.2'],
        allowedOrigins: ['https://intranet.example'],
      },
    })
    expect(readConfig({ PARLEY_ALLOWED_ORIGINS: '*' })).toMatchObject({ ok: false })
    expect(readConfig({ PARLEY_ALLOWED_HOSTS: 'https://a/b' })).toMatchObject({ ok: false })
  })
})
