/** Writes what the phases made as a training file and a validation file. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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

/** Reads the files of all phases; undefined where there is nothing to part. */
export async function writeSplit(
  settings: GeneratorSettings,
  version: string | undefined,
): Promise<SplitReport | undefined> {
  const pairs: Pair[] = []
  for (const { name, dataset_output_dir } of settings.phases) {
    const folder = dataset_output_dir ?? settings.output_dir
    pairs.push(...(await readPairFile(pairFilePath(folder, { phase: name, version }))))
  }
  if (pairs.length === 0) return undefined
  const split = splitPairs(pairs, { share: settings.validation_share, seed: settings.seed })
  const suffix = version === undefined ? '' : `-${version}`
  const paths = [
    join(settings.output_dir, `train${suffix}.jsonl`),
    join(settings.output_dir, `validation${suffix}.jsonl`),
  ] as const
  await mkdir(settings.output_dir, { recursive: true })
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

/** Whole or not at all. */
export async function writeLines(path: string, pairs: readonly Pair[]): Promise<void> {
  await writeFile(`${path}.part`, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''))
  await rename(`${path}.part`, path)
}
