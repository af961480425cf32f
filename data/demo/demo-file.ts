/** Finds a demo's file under the home folder, building it once for each version of its generator. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress } from '../progress.js'
import type { DemoDataset } from './demo-dataset.js'

/** Path of a complete DuckDB file; takes some seconds the first time. */
export async function demoFile(
  { name, version, build }: DemoDataset,
  home: string,
  onProgress?: OnProgress,
): Promise<string> {
  const path = join(home, 'demo', `${name}-v${version}.duckdb`)
  const present = await access(path).then(
    () => true,
    () => false,
  )
  if (!present) await build(path, onProgress)
  return path
}
