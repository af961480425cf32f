/** Which generator `auto` takes, and when it would rather say no. */
import { describe, expect, it } from 'vitest'
import type { Entities } from '../../../agents/entities/entities.js'
import { createAutoGenerator } from '../../../agents/generators/auto-generator.js'
import type { Generation, GenerationRequest, SqlGenerator } from '../../../agents/sql-generator.js'

describe('auto', () => {
  it('uses the rules and leaves the model alone when the rules have an answer', async () => {
    const local = scripted('local', written('local'))
    const generation = await auto(scripted('rules', written('rules')), local).generate(request())
    expect(generation).toMatchObject({ ok: true, generator: 'rules' })
    expect(local.requests).toHaveLength(0)
  })

  it('asks a trusted model when the rules know all words but cannot put them together', async () => {
    const generation = await auto(refusing(), scripted('local', written('local'))).generate(
      request(),
    )
    expect(generation).toMatchObject({ ok: true, generator: 'local' })
    expect(generation.ok && generation.reason).toContain('too hard')
  })

  it('refuses rather than ask a model for something this data does not have', async () => {
    const local = scripted('local', written('local'))
    const generation = await auto(refusing(), local).generate(request({ unknownWords: ['salary'] }))
    expect(generation).toMatchObject({ ok: false, generator: 'rules' })
    expect(local.requests).toHaveLength(0)
  })

  it('does not trust a base model that nobody trained or chose', async () => {
    const local = scripted('local', written('local'))
    const generator = createAutoGenerator(refusing(), local, () => false)
    expect(await generator.generate(request())).toMatchObject({ ok: false, generator: 'rules' })
    expect(generator.status().note).toContain('without a trained adapter')
  })

  it('gives the reason of the rules when the model fails too', async () => {
    const failing = scripted('local', { ...refusal, generator: 'local', message: 'no luck' })
    expect(await auto(refusing(), failing).generate(request())).toMatchObject({
      message: 'too hard',
    })
  })
})

const refusal = {
  ok: false,
  generator: 'rules',
  code: 'not_understood',
  message: 'too hard',
  hints: [],
} as const

function auto(rules: SqlGenerator, local: SqlGenerator): SqlGenerator {
  return createAutoGenerator(rules, local, () => true)
}

function refusing() {
  return scripted('rules', refusal)
}

function written(generator: 'rules' | 'local'): Generation {
  const reason = 'because'
  return { ok: true, sql: 'SELECT 1', generator, candidates: [], evidence: [], reason }
}

/** A generator that gives one prepared outcome and keeps what it was asked. */
function scripted(name: 'rules' | 'local', outcome: Generation) {
  const requests: GenerationRequest[] = []
  const generator: SqlGenerator & { readonly requests: readonly GenerationRequest[] } = {
    name,
    requests,
    status: () => ({ name, ready: true, note: 'ready' }),
    generate: async (asked) => {
      requests.push(asked)
      return outcome
    },
    close: async () => {},
  }
  return generator
}

function request(found: Partial<Entities> = {}): GenerationRequest {
  const entities: Entities = {
    base: 'stores',
    measures: [],
    dimensions: [],
    listed: [],
    filters: [],
    existence: [],
    periods: [],
    having: [],
    distinct: false,
    presentation: 'plain',
    ambiguities: [],
    unknownWords: [],
    asOf: '2025-12-31',
    ...found,
  }
  const catalog = { dialect: 'duckdb', tables: [], relationships: [], version: '1' } as const
  const context = { documents: [], tables: [] }
  const tryOut = () => Promise.reject(new Error('Nothing is run here.'))
  return {
    question: 'how many?',
    intent: 'metric',
    entities,
    context,
    catalog,
    valueLinks: [],
    tryOut,
  }
}
