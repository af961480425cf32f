/** A second, roomier way to the asked data: gold SQL is trusted and must deliver all of its rows. */
import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { tolerantCells } from '../../data/evaluation/compare-cells.js'
import type { AccuracyRules, Judge } from '../../data/evaluation/judge-answer.js'
import type { ScoredDatabase } from '../../data/evaluation/score-sql.js'
import { SqliteRunner } from '../../data/evaluation/sqlite/sqlite-runner.js'
import { databaseEngine } from '../../data/sources/file-format.js'
import { openSource } from '../../data/sources/open-source.js'
import type { Config } from '../config.js'
import { SetUpError } from '../index.js'
import { openDatabase } from '../open-database.js'

export interface JudgeSettings {
  readonly rules: AccuracyRules
  readonly keepDistinct: boolean
  /** Folder with a folder of SQLite files for each database. */
  readonly variants?: string
}

export interface OpenedJudge {
  readonly judge: Judge
  close(): Promise<void>
}

const goldLimits = {
  maxRows: 300_000,
  maxBytes: 300_000_000,
  /** The official evaluator's own limit. */
  timeoutMs: 60_000,
}

/** Throws `SetUpError` when the source cannot be opened; close the judge when done. */
export async function openJudge(
  source: string | undefined,
  config: Pick<Config, 'home' | 'allowWriter'>,
  settings: JudgeSettings,
  signal: AbortSignal,
): Promise<OpenedJudge> {
  if (source !== undefined && (await isSqlite(source))) return judgeOfSqlite(source, settings)
  const opened = await openSource(source, config.home, undefined, config)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const database = await openDatabase(opened.source, goldLimits)
  const run: ScoredDatabase['run'] = async (sql) => {
    const outcome = await database.query(sql, { signal })
    return outcome.ok
      ? { ok: true, rows: outcome.result.rows, truncated: outcome.result.truncated }
      : { ok: false, message: outcome.failure.message }
  }
  const { rules, keepDistinct } = settings
  return {
    judge: { database: { run }, cells: tolerantCells, rules, keepDistinct },
    close: () => database.close(),
  }
}

async function isSqlite(path: string): Promise<boolean> {
  return (await databaseEngine(path).catch(() => undefined)) === 'sqlite'
}

async function judgeOfSqlite(
  path: string,
  { rules, keepDistinct, variants }: JudgeSettings,
): Promise<OpenedJudge> {
  const runner = new SqliteRunner(goldLimits.timeoutMs)
  const at = (file: string): ScoredDatabase => ({
    run: (sql) => runner.run({ path: file, sql, maxRows: goldLimits.maxRows }),
  })
  const files = variants === undefined ? [] : await variantFiles(variants, path)
  return {
    judge: {
      database: at(path),
      rules,
      keepDistinct,
      ...(files.length > 0 ? { variants: files.map(at) } : {}),
    },
    close: () => runner.close(),
  }
}

/** Empty for a database that the folder does not have. */
async function variantFiles(folder: string, path: string): Promise<readonly string[]> {
  const own = join(folder, basename(path, extname(path)))
  const names = await readdir(own).catch(() => [])
  return names
    .filter((name) => name.includes('.sqlite'))
    .sort()
    .map((name) => join(own, name))
}
