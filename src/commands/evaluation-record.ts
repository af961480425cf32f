/** What is kept of an evaluation: how it was run, and its report as JSON. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import type { LogSettings } from '../../data/evaluation/evaluation-log.js'
import type { EvaluationReport } from '../../data/evaluation/evaluation-report.js'
import { reportPage } from '../../data/evaluation/report-page.js'
import { packageRoot } from '../../models/package-root.js'
import type { Models } from '../open-models.js'
import { version } from '../version.js'
import type { EvaluationSettings } from './evaluation-settings.js'
import { usedParameters } from './used-parameters.js'

export interface RunFacts extends Readonly<Record<string, string | number | undefined>> {
  readonly at: string
  readonly file: string
  readonly generator: string
  readonly rules: string
  readonly model?: string
  /** Numbers in all weights that answers come from: the model, its adapter, the sentence model. */
  readonly parameters?: number
  readonly levers?: string
  readonly version: string
  /** Of the checkout, where there is one. */
  readonly commit?: string
}

export interface RunDescription {
  readonly facts: RunFacts
  /** What the verdicts depend on. */
  readonly settings: LogSettings
}

export async function describeRun(
  settings: EvaluationSettings,
  models: Models,
  home: string,
): Promise<RunDescription> {
  const { file, score, rules, keepDistinct, withEvidence, variants } = settings
  const generator = settings.ceiling ? 'ceiling' : settings.generator
  const asks = score === undefined && !settings.ceiling
  const levers = settings.levers && JSON.stringify(settings.levers)
  const used = asks ? usedModel(generator, models) : undefined
  const facts = {
    at: new Date().toISOString(),
    file,
    generator: score ?? generator,
    rules,
    model: used?.model.name,
    parameters: asks ? await usedParameters(used?.files ?? [], home) : undefined,
    levers,
    version,
    commit: await commitOf(packageRoot),
  }
  return {
    facts,
    settings: {
      questions: await hashOf(file),
      generator,
      model: used?.model.fingerprint,
      levers,
      predictions: score && (await hashOf(score)),
      rules,
      keepDistinct,
      withEvidence,
      variants,
    },
  }
}

/** The model of this process that a generator writes with, once it is loaded. */
function usedModel(generator: string, { model: local, scratch }: Models) {
  if (generator === 'rules') return undefined
  if (generator !== 'scratch') {
    const model = local.current()
    return model && { model, files: local.files() }
  }
  const model = scratch.current()
  const path = scratch.installed()?.path
  return model && { model, files: path === undefined ? [] : [path] }
}

/** Writes the report beside the log, as JSON and as a page, and gives the page's path. */
export async function saveReport(
  logPath: string,
  { facts }: RunDescription,
  report: EvaluationReport,
  items: readonly EvaluatedItem[],
): Promise<string> {
  const path = logPath.replace(/\.jsonl$/, '.html')
  const json = `${JSON.stringify({ ...facts, ...report, items }, null, 2)}\n`
  await writeFile(logPath.replace(/\.jsonl$/, '.json'), json)
  await writeFile(path, reportPage(facts, report, items))
  return path
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

async function commitOf(folder: string): Promise<string | undefined> {
  const asked = promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder })
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
