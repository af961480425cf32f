/** Counting the numbers in a GGUF file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countParameters } from '../../../models/gguf/count-parameters.js'
import { writeGguf } from '../../../models/gguf/write-gguf.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-parameters-'))
})

afterAll(() => rm(folder, { recursive: true }))

it('adds up all tensors, however they are encoded', async () => {
  const path = join(folder, 'model.gguf')
  const architecture = { type: 'string', value: 'gemma3' } as const
  const tensor = (name: string, shape: readonly number[], bytes: number) =>
    ({ name, shape, type: 'f32', data: new Uint8Array(bytes) }) as const
  await writeGguf(path, { 'general.architecture': architecture }, [
    tensor('token_embd.weight', [32, 3], 384),
    tensor('output_norm.weight', [32], 128),
    { name: 'blk.0.attn_q.weight', shape: [32, 2], type: 'q8_0', data: new Uint8Array(68) },
  ])
  expect(await countParameters(path)).toBe(32 * 3 + 32 + 32 * 2)
})

it('fails for what is no GGUF file', async () => {
  await expect(countParameters(join(folder, 'none.gguf'))).rejects.toThrow()
})
