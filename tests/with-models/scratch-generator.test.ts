/** The generator scratch on a real runtime and a real engine, with a tiny model of noise: what it writes binds all the same. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readQuestion } from '../../agents/entities/read-question.js'
import type { Levers } from '../../agents/generators/local/levers.js'
import { createScratchGenerator } from '../../agents/generators/scratch-generator.js'
import type { Catalog } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { createValueIndex } from '../../rag/value-index.js'
import { createScratchSlot } from '../../src/adapters/load-scratch.js'
import { openModelShelf } from '../../src/adapters/model-shelf.js'
import { readConfig } from '../../src/config.js'
import { type Models, openModels } from '../../src/open-models.js'
import { writeSqliteFile } from '../support/sqlite-file.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'
import { installTinyScratch, tinyContext } from '../support/tiny-scratch.js'

const questions = ['How many ships are there?', 'Tonnage by country', 'Names of ships of Kiel']

let home: TemporaryHome
let database: Database
let catalog: Catalog
let models: Models

function openAt(path: string): Models {
  const read = readConfig({ PARLEY_HOME: path, PARLEY_OFFLINE: '1' })
  if (!read.ok) throw new Error(read.problems.join(' '))
  return openModels(read.config, { logger: pino({ level: 'silent' }) })
}

beforeAll(async () => {
  home = await temporaryHome()
  const path = join(home.path, 'ships.sqlite')
  writeSqliteFile(path, [
    'CREATE TABLE ports (port_id INTEGER PRIMARY KEY, "Port name" TEXT, country TEXT)',
    'CREATE TABLE ships (ship_id INTEGER PRIMARY KEY, ship_name TEXT, tonnage INTEGER, home_port INTEGER REFERENCES ports (port_id))',
    "INSERT INTO ports VALUES (1, 'Kiel', 'Germany'), (2, 'Turku', 'Finland')",
    "INSERT INTO ships VALUES (1, 'Vasa', 1200, 1), (2, 'Mary', 700, 2)",
  ])
  database = await openSqliteDatabase(path, { label: 'ships' })
  catalog = await database.introspect()
  await installTinyScratch(home.path)
  models = openAt(home.path)
  await models.fillScratch()
})
afterAll(async () => {
  await models.close()
  await database.close()
  await home.remove()
})

function ask(
  question: string,
  levers: Partial<Levers> = {},
  more: { signal?: AbortSignal; onToken?: () => void } = {},
) {
  const valueLinks = createValueIndex(catalog).link(question)
  const { entities } = readQuestion({ question, catalog, valueLinks, asOf: '2025-12-31' })
  const generator = createScratchGenerator(models.scratch, levers)
  return generator.generate({
    question,
    asked: [question],
    intent: 'metric',
    entities,
    context: { documents: [], tables: ['ships'] },
    catalog,
    valueLinks,
    tryOut: (sql) => database.query(sql),
    ...more,
  })
}

describe('a model from scratch', () => {
  it('is found by its description, loaded, and has the room that it was trained with', async () => {
    expect(models.scratch.note()).toBe('tiny is loaded.')
    expect(models.scratch.current()).toMatchObject({ name: 'tiny', contextSize: tinyContext })
    const { scratch } = await openModelShelf({ home: home.path }, models).list()
    expect(scratch[0]).toMatchObject({ name: 'tiny', origin: 'own', isActive: true })
  })

  it('reads the marks of its prompts as one token each, and an end that somebody writes as text', () => {
    const model = models.scratch.current()
    expect(model?.countTokens('⟦schema⟧⟦question⟧⟦sql⟧')).toBe(3)
    expect(model?.countTokens('<|end|>')).toBe('<|end|>'.length)
  })

  it('writes nothing but names that exist under the grammar', async () => {
    const written: string[] = []
    for (const question of questions) {
      const generation = await ask(question, { grammar: 'always', samples: 8 })
      if (generation.ok) written.push(generation.sql)
      else
        expect(generation).toMatchObject({
          code: 'model_failed',
          message: expect.stringContaining('did not finish'),
        })
    }
    // Noise may not come to an end; of 27 tries some do.
    expect(written.filter((sql) => /FROM/.test(sql))).not.toEqual([])
    for (const sql of written) expect(await database.explain(sql), sql).toBeUndefined()
  })

  it('writes the same again, whatever was asked before', async () => {
    const [question = '', other = ''] = questions
    const first = await ask(question)
    await ask(other)
    expect(await ask(question)).toEqual(first)
  })

  it('answers a cancel in the middle of a sentence with a value', async () => {
    const stop = new AbortController()
    const cancelled = await ask(
      questions[0] ?? '',
      {},
      { signal: stop.signal, onToken: () => stop.abort() },
    )
    expect(cancelled).toMatchObject({ ok: false, generator: 'scratch', code: 'cancelled' })
  })
})

describe('a folder of models', () => {
  it('without one from scratch says so, and with a broken one why it is not used', async () => {
    const other = await temporaryHome()
    const folders = [{ path: join(other.path, 'adapters'), origin: 'own' }] as const
    const slotThere = async () => {
      const open = () => Promise.reject(new Error('The test opens none.'))
      const slot = createScratchSlot(folders, open)
      await slot.fill()
      return { off: slot.isOff(), note: slot.note() }
    }
    const none = await slotThere()
    expect(none).toMatchObject({ off: true })
    expect(none.note).toContain('No model trained from scratch is installed.')
    const path = await installTinyScratch(other.path)
    expect((await slotThere()).note).toContain('could not be loaded: The test opens none.')
    await writeFile(path, 'no model')
    expect(await slotThere()).toMatchObject({
      off: true,
      note: expect.stringContaining('is missing or has the wrong SHA-256'),
    })
    await other.remove()
  })
})
