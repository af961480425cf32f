/** Makes a file of all of an answer's result, by its SQL, which runs again. */

import type { ExportFormat } from '../../data/exports/export-limits.js'
import { exportResult } from '../../data/exports/export-result.js'
import { type KeptFile, unknownKept } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'

export async function exportKeptAnswer(
  { conversations, scope, database, exportFolder }: KeptSources,
  answerId: string,
  format: ExportFormat,
  signal?: AbortSignal,
): Promise<KeptFile> {
  const turn = await conversations.store.findTurn(scope, answerId)
  const { sql, rewrittenQuestion } = turn?.answer ?? {}
  if (!turn?.answer.ok || sql === undefined) return { ok: false, failure: unknownKept('answer') }
  const exported = await exportResult(database, { sql, format, folder: exportFolder, signal })
  return exported.ok ? { ...exported, question: rewrittenQuestion ?? turn.question } : exported
}
