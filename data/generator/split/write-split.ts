/** Writes what the phases made as a training file and a validation file. */
import { readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Pair } from '../pair.js'
import { pairFilePath, readPairFile } from '../pair-file.js'
import type { GeneratorSettings } from '../settings/generator-settings.js'
import { splitPairs } from './split-pairs.js'

export interface SplitReport {
  readonly train: number
  readonly validation: number
  readonly between: number
  readonly repeated: number
  readonly paths: readonly [train: string, validation: string]
}

/** Reads the files of all phases and shards; undefined where there is nothing to part. */
export async function writeSplit(
  settings: GeneratorSettings,
  version: string | undefined,
): Promise<SplitReport | undefined> {
  const pairs: Pair[] = []
  for (const { name, dataset_output_dir } of settings.phases) {
    const whole = pairFilePath(dataset_output_dir ?? settings.output_dir, { phase: name, version })
    for (const path of [whole, ...(await shardsOf(whole))])
      pairs.push(...(await readPairFile(path)))
  }
  if (pairs.length === 0) return undefined
  const split = splitPairs(pairs, { share: settings.validation_share, seed: settings.seed })
  const suffix = version === undefined ? '' : `-${version}`
  const paths = [
    join(settings.output_dir, `train${suffix}.jsonl`),
    join(settings.output_dir, `validation${suffix}.jsonl`),
  ] as const
  await writeLines(paths[0], split.train)
  await writeLines(paths[1], split.validation)
  const { between, repeated } = split
  return {
    train: split.train.length,
    validation: split.validation.length,
    between,
    repeated,
    paths,
  }
}

async function shardsOf(path: string): Promise<readonly string[]> {
  const folder = dirname(path)
  const start = path.slice(folder.length + 1).replace(/\.jsonl$/, '-shard-')
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.startsWith(start))
    .sort()
    .map((name) => join(folder, name))
}

/** Whole or not at all. */
async function writeLines(path: string, pairs: readonly Pair[]): Promise<void> {
  await writeFile(`${path}.part`, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''))
  await rename(`${path}.part`, path)
}
