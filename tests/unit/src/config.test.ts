/** Settings of the environment that could give something away. */
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config.js'

function openaiOf(variables: NodeJS.ProcessEnv) {
  const read = readConfig(variables)
  return read.ok ? read.config.openai : read.problems
}

describe('a server of OpenAI’s API', () => {
  it('is known by its address alone, with a model and a key or without', () => {
    expect(openaiOf({ PARLEY_OPENAI_URL: 'http://127.0.0.1:8080/v1' })).toEqual({
      baseUrl: 'http://127.0.0.1:8080/v1',
    })
    expect(
      openaiOf({
        PARLEY_OPENAI_URL: 'https://models.example/v1',
        PARLEY_OPENAI_MODEL: 'tiny',
        PARLEY_OPENAI_KEY: 'sk-1',
      }),
    ).toEqual({ baseUrl: 'https://models.example/v1', model: 'tiny', key: 'sk-1' })
  })

  it('is not configured by a key that is meant for somebody else', () => {
    expect(openaiOf({ OPENAI_API_KEY: 'sk-1', PARLEY_OPENAI_KEY: 'sk-1' })).toBeUndefined()
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
