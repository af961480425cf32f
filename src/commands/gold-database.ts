/** A second, roomier connection to the asked data: gold SQL is trusted and must deliver all of its rows. */
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { openSource } from '../../data/sources/open-source.js'
import { SetUpError } from '../index.js'

const goldLimits = {
  maxRows: 100_000,
  maxBytes: 100_000_000,
  /** The official evaluator's own limit. */
  timeoutMs: 60_000,
}

/** Throws `SetUpError` when the source cannot be opened; close the database when done. */
export async function openGoldDatabase(
  source: string | undefined,
  home: string,
): Promise<Database> {
  const opened = await openSource(source, home)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const { path, label } = opened.source
  return openDuckDbDatabase(path, { label, limits: goldLimits })
}
