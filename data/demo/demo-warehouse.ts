/** Finds the demo warehouse under the home folder, building it once for each version of its generator. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress } from '../progress.js'
import { buildDemoWarehouse } from './build-demo-warehouse.js'

/** Raise when the generator's output changes: the name of the file carries it. */
const GENERATOR_VERSION = 1

export const DEMO_LABEL = 'Demo: a shop chain, 2022 to 2025'

/** Path of a complete DuckDB file; takes some seconds the first time. */
export async function demoWarehouse(home: string, onProgress?: OnProgress): Promise<string> {
  const path = join(home, 'demo', `retail-v${GENERATOR_VERSION}.duckdb`)
  const present = await access(path).then(
    () => true,
    () => false,
  )
  if (!present) await buildDemoWarehouse(path, { onProgress })
  return path
}
