/** The file of added datasets. It may hold passwords of servers: it is for its owner alone. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const entrySchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  /** A folder of this one with the files, and what in it is to be opened. */
  files: z.strictObject({ folder: z.string(), source: z.string() }).optional(),
  url: z.string().optional(),
  addedBy: z.string(),
  addedAt: z.string(),
})
const fileSchema = z.strictObject({ version: z.literal(1), datasets: z.array(entrySchema) })

export type RegisteredDataset = z.infer<typeof entrySchema>

export interface DatasetRegister {
  /** Where folders of files belong. */
  readonly folder: string
  list(): readonly RegisteredDataset[]
  /** It is on disk when it resolves. */
  add(entry: RegisteredDataset): Promise<void>
  remove(name: string): Promise<void>
}

const ownerOnly = 0o600
const ownerFolder = 0o700

/** Folders that no entry speaks of are removed: their delivery was cut off. A file that cannot be read is put aside. */
export async function openDatasetRegister(
  home: string,
  onNotice: (notice: string) => void,
): Promise<DatasetRegister> {
  const folder = join(home, 'datasets')
  const path = join(folder, 'register.json')
  await mkdir(folder, { recursive: true, mode: ownerFolder })
  let entries = await read(path, onNotice)
  await sweep(folder, entries)
  let writing: Promise<void> = Promise.resolve()
  const change = (next: (before: readonly RegisteredDataset[]) => readonly RegisteredDataset[]) => {
    const changed = writing.then(async () => {
      const datasets = next(entries)
      await writeFile(`${path}.part`, JSON.stringify({ version: 1, datasets }, null, 2), {
        mode: ownerOnly,
        flush: true,
      })
      await rename(`${path}.part`, path)
      entries = datasets
    })
    writing = changed.catch(() => {})
    return changed
  }
  return {
    folder,
    list: () => entries,
    add: (entry) => change((before) => [...before, entry]),
    remove: (name) => change((before) => before.filter((entry) => entry.name !== name)),
  }
}

async function read(
  path: string,
  onNotice: (notice: string) => void,
): Promise<readonly RegisteredDataset[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const parsed = fileSchema.safeParse(parse(text))
  if (parsed.success) return parsed.data.datasets
  await rename(path, `${path}.damaged`)
  onNotice('The file of added datasets is damaged and was put aside.')
  return []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** After a file was put aside, its folders stay with it. */
async function sweep(folder: string, entries: readonly RegisteredDataset[]): Promise<void> {
  const names = await readdir(folder, { withFileTypes: true })
  if (names.some(({ name }) => name.endsWith('.damaged'))) return
  const known = new Set(entries.map(({ files }) => files?.folder))
  const unknown = names.filter((entry) => entry.isDirectory() && !known.has(entry.name))
  await Promise.all(
    unknown.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })),
  )
}
