/** The LoRA adapters and the models trained from scratch at hand: one JSON description beside each file, and which is used. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256OfFile } from '../weights/checksum.js'
import {
  type AdapterDescription,
  adapterDescription,
  mergedDescription,
  type ScratchDescription,
  scratchDescription,
} from './model-descriptions.js'

export interface AdapterFolder {
  readonly path: string
  /** `own`: made by whoever runs Parley. */
  readonly origin: 'shipped' | 'own'
}

export interface InstalledAdapter extends AdapterDescription, Pick<AdapterFolder, 'origin'> {
  /** Of its file, which may be missing or damaged. */
  readonly path: string
  /** Absent where the file is missing. */
  readonly bytes?: number
}

export interface InstalledScratch extends ScratchDescription, Pick<AdapterFolder, 'origin'> {
  readonly path: string
  /** Absent where the file is missing. */
  readonly bytes?: number
}

export interface MergedModel extends Pick<AdapterFolder, 'origin'> {
  readonly name: string
  readonly file?: string
  readonly type?: string
}

export interface ModelRegistry {
  /** Best score first, those without one last. */
  readonly adapters: readonly InstalledAdapter[]
  readonly merged: readonly MergedModel[]
  /** Best score first; of those without one the newest first. */
  readonly scratch: readonly InstalledScratch[]
  /** Descriptions that could not be read or used, in plain words. */
  readonly problems: readonly string[]
}

/** `none` asks for the base model alone, `auto` for the best adapter: neither can be the name of one. */
export const noAdapter = 'none'
export const bestAdapter = 'auto'

/** Reads every `*.json` of the folders; a missing folder holds nothing. Of two with one name the first counts. */
export async function readModelRegistry(folders: readonly AdapterFolder[]): Promise<ModelRegistry> {
  const found: Found = { adapters: new Map(), merged: [], scratch: new Map(), problems: [] }
  for (const folder of folders) {
    for (const name of await jsonFiles(folder.path)) await readDescription(folder, name, found)
  }
  const { merged, problems } = found
  const adapters = [...found.adapters.values()].sort(byScore)
  const newest = [...found.scratch.values()].sort(
    ({ exportedAt: left = '' }, { exportedAt = '' }) => exportedAt.localeCompare(left),
  )
  return { adapters, merged, scratch: newest.sort(byScore), problems }
}

interface Found {
  readonly adapters: Map<string, InstalledAdapter>
  readonly merged: MergedModel[]
  readonly scratch: Map<string, InstalledScratch>
  readonly problems: string[]
}

async function readDescription(
  folder: AdapterFolder,
  fileName: string,
  { adapters, merged, scratch, problems }: Found,
): Promise<void> {
  const { origin } = folder
  const description = await readJson(join(folder.path, fileName))
  if (description === undefined) {
    problems.push(`${fileName} cannot be read as JSON.`)
    return
  }
  const whole = mergedDescription.safeParse(description)
  if (whole.success) {
    const { name, file, type } = whole.data
    merged.push({ name, file, type, origin })
    return
  }
  const isScratch = scratchKind.safeParse(description).success
  const parsed = (isScratch ? scratchDescription : adapterDescription).safeParse(description)
  if (!parsed.success) {
    const what = isScratch ? 'a model' : 'an adapter'
    problems.push(`${fileName} does not describe ${what}: ${z.prettifyError(parsed.error)}`)
    return
  }
  const { name, file } = parsed.data
  const known = 'kind' in parsed.data ? scratch : adapters
  if (name === noAdapter || name === bestAdapter || known.has(name)) {
    problems.push(`${fileName} is left out: it needs another name than ${name}.`)
    return
  }
  const path = join(folder.path, file)
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
  const installed = { origin, path, ...(bytes !== undefined && { bytes }) }
  if ('kind' in parsed.data) scratch.set(name, { ...parsed.data, ...installed })
  else adapters.set(name, { ...parsed.data, ...installed })
}

const scratchKind = z.looseObject({ kind: z.literal('scratch') })

function byScore(left: Scored, right: Scored): number {
  return scoreOf(right) - scoreOf(left)
}

type Scored = Pick<AdapterDescription, 'score'>

function scoreOf({ score }: Scored): number {
  return score?.value ?? -1
}

export type ChosenScratch =
  | { readonly ok: true; readonly scratch: InstalledScratch; readonly fingerprint: string }
  | {
      readonly ok: false
      readonly code: 'scratch_missing' | 'scratch_corrupt'
      readonly message: string
      readonly hints: readonly string[]
    }

/** The first of the list whose file is there and whole. */
export async function chooseScratch({ scratch }: ModelRegistry): Promise<ChosenScratch> {
  for (const one of scratch) {
    if (await hasSha256(one.path, one.sha256)) {
      return { ok: true, scratch: one, fingerprint: one.sha256 }
    }
  }
  const [first] = scratch
  return first
    ? {
        ok: false,
        code: 'scratch_corrupt',
        message: `${first.file} is missing or has the wrong SHA-256.`,
        hints: ['Put the file back, or export it again.'],
      }
    : {
        ok: false,
        code: 'scratch_missing',
        message: 'No model trained from scratch is installed.',
        hints: ['models/pretraining/README.md says how one is trained and where it goes.'],
      }
}

export type ChosenAdapter =
  | {
      readonly ok: true
      /** Absent: the base model is used alone. */
      readonly adapter?: { readonly name: string; readonly path: string }
      /** Changes with the base model and with the adapter. */
      readonly fingerprint: string
    }
  | {
      readonly ok: false
      readonly code: 'adapter_missing' | 'adapter_mismatch' | 'adapter_corrupt'
      readonly message: string
      readonly hints: readonly string[]
    }

/** Takes the named adapter, else the best measured one that was trained on this base, else none. */
export async function chooseAdapter(
  registry: ModelRegistry,
  baseSha256: string,
  wanted?: string,
): Promise<ChosenAdapter> {
  if (wanted === noAdapter) return { ok: true, fingerprint: baseSha256 }
  const fitting = registry.adapters.filter((adapter) => adapter.base.sha256 === baseSha256)
  const known = registry.adapters.find((adapter) => adapter.name === wanted)
  if (wanted !== undefined && !known) return unknownAdapter(registry, wanted)
  if (known && !fitting.includes(known)) return mismatch(known)
  const chosen = known ?? fitting.find((adapter) => adapter.score !== undefined)
  if (!chosen) return { ok: true, fingerprint: baseSha256 }
  const { name, path } = chosen
  if (!(await hasSha256(path, chosen.sha256))) return damaged(chosen)
  const fingerprint = createHash('sha256')
    .update(baseSha256 + chosen.sha256)
    .digest('hex')
  return { ok: true, adapter: { name, path }, fingerprint }
}

function unknownAdapter(registry: ModelRegistry, wanted: string): ChosenAdapter {
  const names = registry.adapters.map((adapter) => adapter.name).join(', ')
  return {
    ok: false,
    code: 'adapter_missing',
    message: `There is no LoRA adapter called ${wanted}.`,
    hints: [names === '' ? 'No adapter is installed.' : `Installed: ${names}.`],
  }
}

function mismatch(adapter: AdapterDescription): ChosenAdapter {
  return {
    ok: false,
    code: 'adapter_mismatch',
    message: `The LoRA adapter ${adapter.name} was trained on other weights (${adapter.base.name}).`,
    hints: [`Use ${adapter.base.name} as the model, or ask for the adapter "${noAdapter}".`],
  }
}

function damaged(adapter: AdapterDescription): ChosenAdapter {
  return {
    ok: false,
    code: 'adapter_corrupt',
    message: `${adapter.file} is missing or has the wrong SHA-256.`,
    hints: [`Put the file back, or ask for the adapter "${noAdapter}".`],
  }
}

async function hasSha256(path: string, expected: string): Promise<boolean> {
  try {
    return (await sha256OfFile(path)) === expected
  } catch {
    return false
  }
}

async function jsonFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch {
    return []
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}
