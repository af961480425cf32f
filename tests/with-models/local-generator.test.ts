/** The local generator on real weights and a real engine: what it writes binds, and it can be stopped. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readQuestion } from '../../agents/entities/read-question.js'
import { localPrompt } from '../../agents/generators/local/local-prompt.js'
import { createLocalGenerator } from '../../agents/generators/local-generator.js'
import type { SqlGenerator } from '../../agents/sql-generator.js'
import type { Catalog } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { LanguageModel } from '../../models/language-model.js'
import { createLlamaLanguageModel } from '../../models/llama/llama-language-model.js'
import { openLlama } from '../../models/llama/open-llama.js'
import { createValueIndex } from '../../rag/value-index.js'
import { baseModelPath, missingBaseModel } from '../support/cached-weights.js'

const statements = [
  'CREATE TABLE ports (port_id INTEGER PRIMARY KEY, port_name VARCHAR, country VARCHAR)',
  `CREATE TABLE ships (ship_id INTEGER PRIMARY KEY, ship_name VARCHAR, built DATE, tonnage INTEGER,
    home_port INTEGER REFERENCES ports (port_id))`,
  "INSERT INTO ports VALUES (1, 'Kiel', 'Germany'), (2, 'Turku', 'Finland')",
  "INSERT INTO ships VALUES (1, 'Vasa', DATE '1928-08-10', 1200, 1), (2, 'Mary', DATE '1999-01-01', 700, 2)",
]
const contextSize = 2_048

describe.skipIf(missingBaseModel)('the local generator', () => {
  let folder: string
  let database: Database
  let catalog: Catalog
  let llama: Llama
  let model: LanguageModel
  let generator: SqlGenerator

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-local-'))
    const path = join(folder, 'ships.duckdb')
    await writeDatabaseFile(path, async (connection) => {
      for (const statement of statements) await connection.run(statement)
    })
    database = await openDuckDbDatabase(path, { label: 'ships' })
    catalog = await database.introspect()
    llama = await openLlama()
    const options = { llama, modelPath: baseModelPath, threads: 1, contextSize }
    model = await createLlamaLanguageModel({ ...options, name: 'base', fingerprint: 'base' })
    // A base model is in doubt about everything.
    generator = createLocalGenerator({ current: () => model, note: () => '' }, { samples: 2 })
  })
  afterAll(async () => {
    await model.close()
    await llama.dispose()
    await database.close()
    await rm(folder, { recursive: true })
  })

  const ask = (question: string, more: { signal?: AbortSignal; onToken?: () => void } = {}) => {
    const valueLinks = createValueIndex(catalog).link(question)
    const { entities } = readQuestion({ question, catalog, valueLinks, asOf: '2025-12-31' })
    const context = { documents: [], tables: ['ships'] }
    const words = { question, asked: [question], intent: 'metric' } as const
    const asked = { ...words, entities, context, catalog, valueLinks }
    return generator.generate({ ...asked, tryOut: (sql) => database.query(sql), ...more })
  }

  it.each(['How many ships are there?', 'Tonnage by country', 'The five oldest ships of Kiel'])(
    'writes SQL that binds, or says why not, for "%s"',
    async (question) => {
      const generation = await ask(question)
      if (generation.ok) expect(await database.explain(generation.sql)).toBeUndefined()
      else expect(generation).toMatchObject({ code: 'model_failed' })
    },
  )

  it('reads a prompt as the same tokens whether whole or in its two parts', () => {
    for (const question of [
      'How many ships?',
      '"Vasa" of Kiel\n',
      '',
      '1 (one), two',
      'Größe: 7 ½',
    ]) {
      const links = createValueIndex(catalog).link(question)
      const count = (text: string) => model.countTokens(text)
      const { prefix, suffix } = localPrompt({ catalog, question, links }, count)
      expect(count(prefix) + count(suffix)).toBe(count(prefix + suffix))
    }
  })

  it('writes the same again, drawn candidates included', async () => {
    const [first, second] = [
      await ask('How many ships are there?'),
      await ask('How many ships are there?'),
    ]
    expect(second).toEqual(first)
    expect(first.ok && first.candidates.length).toBeGreaterThan(1)
  })

  it('answers a cancel in the middle of a sentence with a value, and the next question as usual', async () => {
    const stop = new AbortController()
    const cancelled = await ask('Names of all ships', {
      signal: stop.signal,
      onToken: () => stop.abort(),
    })
    expect(cancelled).toMatchObject({ ok: false, code: 'cancelled' })
    expect(await ask('How many ships are there?')).toMatchObject({ ok: true })
  })
})
