/** Makes a file of all of an answer's result, by its SQL, which runs again. */

import type { ExportFormat } from '../../data/exports/export-limits.js'
import { exportResult } from '../../data/exports/export-result.js'
import { findAnsweredSql } from './find-answered-sql.js'
import { type KeptFile, unknownKept } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'

export async function exportKeptAnswer(
  sources: KeptSources,
  answerId: string,
  format: ExportFormat,
  signal?: AbortSignal,
): Promise<KeptFile> {
  const answered = await findAnsweredSql(sources, answerId)
  if (!answered) return { ok: false, failure: unknownKept('answer') }
  const { sql, question } = answered
  const { database, exportFolder } = sources
  const exported = await exportResult(database, { sql, format, folder: exportFolder, signal })
  return exported.ok ? { ...exported, question } : exported
}
