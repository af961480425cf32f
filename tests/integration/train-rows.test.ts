/** `parley train rows` on sets that are missing or laid out in another way. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trainRows } from '../../src/commands/train-rows.js'
import { exitCodes } from '../../src/exit-codes.js'
import { recordingContext } from '../support/recording-context.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sets-'))
})

afterAll(() => rm(folder, { recursive: true }))

async function rowsOf(spider: string) {
  const context = recordingContext({ PARLEY_HOME: folder, PARLEY_MODEL: join(folder, 'any.gguf') })
  const counts = { warehouses: '0', templates: '0', passes: '1', seed: '1' }
  const code = await trainRows({ spider, ...counts }, context)
  return { code, said: context.said.join('\n') }
}

describe('parley train rows', () => {
  it('names the file of a set that is not there, and where to look up the layout', async () => {
    const { code, said } = await rowsOf(join(folder, 'nowhere'))
    expect(code).toBe(exitCodes.failed)
    expect(said).toContain(join(folder, 'nowhere', 'dev.json'))
    expect(said).toContain('parley data download')
  })

  it.each([
    ['no JSON', 'rubbish'],
    ['JSON of another shape', '[{"question": "Which?"}]'],
  ])('says that a file is laid out in another way: %s', async (_, text) => {
    await writeFile(join(folder, 'dev.json'), text)
    const { code, said } = await rowsOf(folder)
    expect(code).toBe(exitCodes.failed)
    expect(said).toMatch(/another layout .*parley data download/s)
  })
})
