/** Which generator `auto` takes, and when it would rather say no. */
import { describe, expect, it } from 'vitest'
import type { Entities } from '../../../agents/entities/entities.js'
import { type AutoParts, createAutoGenerator } from '../../../agents/generators/auto-generator.js'
import type { EmbedTexts } from '../../../agents/intent/nearest-intent.js'
import type { Generation, GenerationRequest, SqlGenerator } from '../../../agents/sql-generator.js'
import { retailCatalog } from '../../support/retail-catalog.js'

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

  it('takes the model’s SQL for unknown words where the model believes that the data holds it', async () => {
    const local = scripted('local', written('local', believed))
    const generation = await auto(refusing(), local).generate(
      request({ unknownWords: ['founded'] }),
    )
    expect(generation).toMatchObject({ ok: true, generator: 'local' })
    expect(generation.ok && generation.evidence).toContainEqual({
      name: 'words explained',
      value: 1,
      note: expect.stringContaining('“founded” for opened on'),
    })
  })

  it('asks the model for more belief where the data does not name all words', async () => {
    const local = scripted('local', written('local'))
    await auto(refusing(), local).generate(request({ unknownWords: ['weather'] }))
    await auto(refusing(), local).generate(request())
    const [unknown, known] = local.requests.map(({ requiredBelief }) => requiredBelief)
    expect(unknown).toBeGreaterThan(0.5)
    expect(known).toBeUndefined()
  })

  it('refuses words that are far from all that the SQL reads, whatever the model believes', async () => {
    const local = scripted('local', written('local', believed))
    const generation = auto(refusing(), local).generate(request({ unknownWords: ['weather'] }))
    expect(await generation).toMatchObject({ ok: false, generator: 'rules' })
  })

  it('knows the words of a term, and refuses SQL that makes nothing of it', async () => {
    const asking = (expression: string) => ({
      ...request({ unknownWords: ['weather'], base: undefined }),
      question: 'the weather',
      catalog: {
        ...retailCatalog,
        terms: [{ id: '1', names: ['weather'], table: 'stores', expression }],
      },
    })
    const sql = 'SELECT max(opened_on) - min(opened_on) FROM stores'
    const local = scripted('local', { ...written('local'), sql } as Generation)
    const generator = auto(refusing(), local)
    const used = await generator.generate(asking('max(opened_on) - min(opened_on)'))
    expect(used).toMatchObject({ ok: true, generator: 'local' })
    expect(local.requests[0]?.requiredBelief).toBeUndefined()
    expect(await generator.generate(asking('max(city)'))).toMatchObject({ ok: false })
  })

  it('does without the explanation where no sentence model can tell what words mean', async () => {
    const local = scripted('local', written('local', believed))
    const generator = auto(refusing(), local, { embed: async () => undefined })
    expect(await generator.generate(request({ unknownWords: ['founded'] }))).toMatchObject({
      ok: true,
      evidence: believed,
    })
  })

  it('leaves the model alone where a question names nothing at all', async () => {
    const local = scripted('local', written('local'))
    expect(await auto(refusing(), local).generate(request({ base: undefined }))).toMatchObject({
      ok: false,
    })
    expect(local.requests).toHaveLength(0)
  })

  it('does not trust a base model that nobody trained or chose', async () => {
    const local = scripted('local', written('local'))
    const generator = auto(refusing(), local, { isTrusted: () => false })
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

function auto(
  rules: SqlGenerator,
  local: SqlGenerator,
  others: Partial<AutoParts> = {},
): SqlGenerator {
  return createAutoGenerator({ rules, local, isTrusted: () => true, embed: byMeaning, ...others })
}

/** As a sentence model would: opening and founding mean much the same, and the weather nothing here. */
const byMeaning: EmbedTexts = async (texts) =>
  texts.map((text) => [
    Number(/founded|opened/.test(text)),
    Number(/weather/.test(text)),
    Number(/store|city/.test(text)),
  ])

function refusing() {
  return scripted('rules', refusal)
}

const believed = [{ name: 'data holds it', value: 0.95, note: 'as the model believes' }]

function written(
  generator: 'rules' | 'local',
  evidence: (Generation & { ok: true })['evidence'] = [],
): Generation {
  const candidates = ['select stores.opened_on']
  return { ok: true, sql: 'SELECT 1', generator, candidates, evidence, reason: 'because' }
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
  const context = { documents: [], tables: [] }
  const tryOut = () => Promise.reject(new Error('Nothing is run here.'))
  return {
    question: 'how many?',
    asked: [],
    intent: 'metric',
    entities,
    context,
    catalog: retailCatalog,
    valueLinks: [],
    tryOut,
  }
}
