/** Adapters on real weights: activated while the model is loaded, refused, rolled back, and there after a restart. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { baseModel } from '../../models/weights/known-artefacts.js'
import { type ModelShelf, openModelShelf } from '../../src/adapters/model-shelf.js'
import { activateAdapter, listAdapters } from '../../src/commands/model.js'
import { type Config, readConfig } from '../../src/config.js'
import { type Models, openModels } from '../../src/open-models.js'
import { baseModelPath, missingBaseModel } from '../support/cached-weights.js'
import { writeRandomLora } from '../support/random-lora.js'

const shipped = 'parley-sql-270m'

/** Each test loads the model two to four times: seconds, or a minute on a busy machine. */
const timeout = 240_000

describe.skipIf(missingBaseModel)('adapters of the local model', { timeout }, () => {
  let home: string
  let config: Config
  let models: Models
  let shelf: ModelShelf

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'parley-adapters-'))
    await mkdir(join(home, 'adapters'))
    await installLora('noise')
    await installLora('foreign', 'bert')
    const read = readConfig({ PARLEY_HOME: home, PARLEY_MODEL: baseModelPath })
    if (!read.ok) throw new Error(read.problems.join(' '))
    config = read.config
  })
  afterAll(() => rm(home, { recursive: true }))
  beforeEach(async () => {
    models = openModels(config, { logger: pino({ level: 'silent' }) })
    await models.fillModel()
    shelf = openModelShelf(config, models)
  })
  afterEach(() => models.close())

  async function installLora(name: string, architecture?: string) {
    const path = join(home, 'adapters', `${name}.gguf`)
    await writeRandomLora(path, architecture)
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    const base = { name: baseModel.name, sha256: baseModel.sha256 }
    const description = { name, file: `${name}.gguf`, sha256, base }
    await writeFile(join(home, 'adapters', `${name}.json`), JSON.stringify(description))
  }

  async function written(): Promise<string | undefined> {
    const request = { prompt: 'The ships of the harbour are', maxTokens: 12 }
    return (await models.model.current()?.complete(request))?.text
  }

  it('write otherwise once activated, and as before once rolled back', async () => {
    const first = await written()
    const before = (await shelf.list()).active
    expect(before).toMatchObject({ adapter: shipped, reason: 'best' })
    expect(await shelf.activate('noise')).toEqual({ ok: true })
    expect(await written()).not.toBe(first)
    expect((await shelf.list()).active?.fingerprint).not.toBe(before?.fingerprint)
    expect(await shelf.rollBack()).toEqual({ ok: true })
    expect(await written()).toBe(first)
    expect((await shelf.list()).active).toEqual(before)
  })

  it('stay as they are when another cannot be loaded', async () => {
    const first = await written()
    const refused = await shelf.activate('foreign')
    expect(refused).toMatchObject({ ok: false, code: 'model_unusable' })
    expect(await written()).toBe(first)
    expect((await shelf.list()).active?.adapter).toBe(shipped)
  })

  it('let what is being written end before the old one goes', async () => {
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const question = models.model.hold(async () => {
      const model = models.model.current()
      const request = { prompt: 'Once upon a time', maxTokens: 40, onToken: begin }
      const first = await model?.complete(request)
      const second = await models.model.current()?.complete(request)
      return [first?.text, second?.text, models.model.current() === model]
    })
    await begun
    expect(await shelf.activate('none')).toEqual({ ok: true })
    const [first, second, isSame] = await question
    expect([first, isSame]).toEqual([second, true])
    expect((await shelf.list()).active?.adapter).toBeUndefined()
    expect(await shelf.rollBack()).toEqual({ ok: true })
  })

  it('are chosen at the command line, and in use after that', async () => {
    const printed: string[] = []
    const said: string[] = []
    const terminal = {
      print: (text: string) => void printed.push(text),
      say: (text: string) => void said.push(text),
      settle: () => {},
      onProgress: () => {},
      onWeights: () => {},
    }
    const context = { config, terminal, signal: new AbortController().signal }
    expect(await activateAdapter({ adapter: 'noise' }, context)).toBe(0)
    expect(said.join()).toContain('at its next start')
    expect(await listAdapters({}, context)).toBe(0)
    expect(printed.at(-1)).toMatch(/noise +in use/)
  })
})
