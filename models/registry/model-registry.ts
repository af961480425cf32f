/** The LoRA adapters at hand: one JSON description beside each file, and which of them fits. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256OfFile } from '../weights/checksum.js'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const adapterDescription = z.object({
  name: z.string().min(1),
  /** File name of the adapter, in the folder of its description. */
  file: z.string().regex(/^[\w.-]+\.gguf$/),
  sha256,
  /** The weights it was trained on: on others it writes nonsense. */
  base: z.object({ name: z.string().min(1), sha256 }),
  /**
   * How it was measured, such as `spider-dev execution accuracy`, and the result, 0 to 1.
   * Without one an adapter is used only when it is asked for by name.
   */
  score: z.object({ measure: z.string().min(1), value: z.number().min(0).max(1) }).optional(),
  /** What the job was told and what it read: `models/training` writes it, people read it. */
  training: z
    .looseObject({
      dataHash: sha256,
      files: z.array(z.string()),
      steps: z.number().int(),
      settings: z.record(z.string(), z.unknown()),
    })
    .optional(),
  exportedAt: z.iso.datetime({ offset: true }).optional(),
  /** Public data sets that must be credited. */
  dataSets: z.array(z.string()).optional(),
  /** The terms and credits that must go wherever the file goes. */
  notice: z.string().optional(),
})

/** A base and an adapter in one file, which may lie in the same folder and is used through `PARLEY_MODEL`. */
const mergedDescription = z.looseObject({
  kind: z.literal('merged'),
  name: z.string(),
  file: z.string().optional(),
  type: z.string().optional(),
})

export type AdapterDescription = z.infer<typeof adapterDescription>

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

export interface MergedModel extends Pick<AdapterFolder, 'origin'> {
  readonly name: string
  readonly file?: string
  readonly type?: string
}

export interface ModelRegistry {
  /** Best score first, those without one last. */
  readonly adapters: readonly InstalledAdapter[]
  readonly merged: readonly MergedModel[]
  /** Descriptions that could not be read or used, in plain words. */
  readonly problems: readonly string[]
}

/** `none` asks for the base model alone, `auto` for the best adapter: neither can be the name of one. */
export const noAdapter = 'none'
export const bestAdapter = 'auto'

/** Reads every `*.json` of the folders; a missing folder holds nothing. Of two with one name the first counts. */
export async function readModelRegistry(folders: readonly AdapterFolder[]): Promise<ModelRegistry> {
  const found = { adapters: new Map<string, InstalledAdapter>(), merged: [], problems: [] }
  for (const folder of folders) {
    for (const name of await jsonFiles(folder.path)) await readDescription(folder, name, found)
  }
  const adapters = [...found.adapters.values()]
  adapters.sort((left, right) => scoreOf(right) - scoreOf(left))
  return { ...found, adapters }
}

interface Found {
  readonly adapters: Map<string, InstalledAdapter>
  readonly merged: MergedModel[]
  readonly problems: string[]
}

async function readDescription(
  { path: folder, origin }: AdapterFolder,
  fileName: string,
  { adapters, merged, problems }: Found,
): Promise<void> {
  const description = await readJson(join(folder, fileName))
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
  const parsed = adapterDescription.safeParse(description)
  if (!parsed.success) {
    problems.push(`${fileName} does not describe an adapter: ${z.prettifyError(parsed.error)}`)
    return
  }
  const { name, file } = parsed.data
  if (name === noAdapter || name === bestAdapter || adapters.has(name)) {
    problems.push(`${fileName} is left out: its adapter needs another name than ${name}.`)
    return
  }
  const path = join(folder, file)
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
  adapters.set(name, { ...parsed.data, origin, path, ...(bytes !== undefined && { bytes }) })
}

function scoreOf(adapter: AdapterDescription): number {
  return adapter.score?.value ?? -1
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
