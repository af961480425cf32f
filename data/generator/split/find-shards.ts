/** Finds the files that several machines wrote of one phase. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type PairFileName, pairFilePath } from '../pair-file.js'
import { parseShard, type Shard } from '../shard.js'

export interface ShardFile {
  readonly shard: Shard
  readonly path: string
  readonly text: string
}

export type FoundShards =
  /** All of them, in their order; or not a single one. */
  | { readonly ok: true; readonly files: readonly ShardFile[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Copies of one file may lie in several folders. Throws where a folder cannot be read. */
export async function findShards(
  name: Omit<PairFileName, 'shard'>,
  folders: readonly string[],
): Promise<FoundShards> {
  const all: ShardFile[] = []
  for (const folder of new Set(folders.map((each) => resolve(each)))) {
    for (const shard of shardsIn(await readdir(folder), name)) {
      const path = pairFilePath(folder, { ...name, shard })
      all.push({ shard, path, text: await readFile(path, 'utf8') })
    }
  }
  const problems = [...countProblems(all), ...copyProblems(all), ...missing(all, name, folders)]
  if (problems.length > 0) return { ok: false, problems }
  const files = [...new Map(all.map((file) => [file.shard.index, file])).values()]
  return { ok: true, files: files.sort((one, other) => one.shard.index - other.shard.index) }
}

function shardsIn(entries: readonly string[], name: Omit<PairFileName, 'shard'>): Shard[] {
  return entries.flatMap((entry) => {
    const [, index, of] = /-shard-(\d+)-of-(\d+)\.jsonl$/.exec(entry) ?? []
    const shard = parseShard(`${index}/${of}`)
    return shard && pairFilePath('', { ...name, shard }) === entry ? [shard] : []
  })
}

/** Of a phase that was parted in two ways, neither way is taken. */
function countProblems(files: readonly ShardFile[]): string[] {
  const kinds = [...new Map(files.map((file) => [file.shard.of, file.path])).entries()]
  if (kinds.length < 2) return []
  const each = kinds.map(([of, path]) => `of ${of} (${path})`)
  return [`Shards ${each.join(' and ')} do not belong together.`]
}

function copyProblems(files: readonly ShardFile[]): string[] {
  return files.flatMap(({ shard, path, text }, at) => {
    const isSame = ({ shard: other }: ShardFile) => other.index === shard.index
    const earlier = files.slice(0, at).find((file) => isSame(file) && file.shard.of === shard.of)
    const differs = earlier !== undefined && earlier.text !== text
    return differs ? [`${earlier.path} and ${path} differ: leave one of them out.`] : []
  })
}

function missing(
  files: readonly ShardFile[],
  name: Omit<PairFileName, 'shard'>,
  folders: readonly string[],
): string[] {
  const of = files[0]?.shard.of ?? 0
  const found = new Set(files.map(({ shard }) => shard.index))
  const indexes = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !found.has(index))
  return indexes.map((index) => {
    const file = basename(pairFilePath('', { ...name, shard: { index, of } }))
    return `${file} is in none of ${folders.map((folder) => join(folder, '/')).join(', ')}.`
  })
}
