/** Counting the parameters of everything that answers come from. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeGguf } from '../../../models/gguf/write-gguf.js'
import { usedParameters } from '../../../src/commands/used-parameters.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-used-'))
})

afterAll(() => rm(folder, { recursive: true }))

it('counts model and adapter together, and knows of no number where no file can be read', async () => {
  const paths = await Promise.all(
    ['base', 'adapter'].map(async (name, at) => {
      const path = join(folder, `${name}.gguf`)
      const shape = [32, at + 1]
      const data = new Uint8Array(128 * (at + 1))
      await writeGguf(path, { 'general.architecture': { type: 'string', value: 'gemma3' } }, [
        { name: 'some.weight', shape, type: 'f32', data },
      ])
      return path
    }),
  )
  expect(await usedParameters(paths, folder)).toBe(32 + 64)
  expect(await usedParameters([join(folder, 'none.gguf')], folder)).toBeUndefined()
  expect(await usedParameters([], folder)).toBeUndefined()
})
