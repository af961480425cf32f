/** `parley evaluate`: asks a file of questions and says how many are answered right. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { GeneratorName } from '../../agents/answer.js'
import { evaluateQuestions } from '../../data/evaluation/evaluate-questions.js'
import {
  type EvaluationQuestion,
  readQuestions,
} from '../../data/evaluation/evaluation-question.js'
import type { EvaluationReport } from '../../data/evaluation/evaluation-report.js'
import type { RunSql } from '../../data/evaluation/gold-results.js'
import { packageRoot } from '../../models/package-root.js'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import type { Orchestrator } from '../orchestrator.js'
import { version } from '../version.js'
import type { CommandContext } from './command-context.js'
import { evaluationText } from './evaluation-text.js'
import { openGoldDatabase } from './gold-database.js'
import { parseCount } from './parse-count.js'
import { parseGenerator } from './parse-generator.js'
import { suiteFile } from './suite-file.js'

export interface EvaluateOptions {
  readonly suite?: string
  readonly data?: string
  readonly source?: string
  readonly generator?: string
  readonly limit?: string
  readonly out?: string
  readonly failures?: boolean
  readonly json?: boolean
}

const usage =
  'Use: parley evaluate [--suite demo | --data FILE] [--source SOURCE] [--generator auto|rules|local] [--limit N] [--out FILE] [--failures] [--json]'

/** Ends with 0 when every question was asked, however many answers were right. */
export async function evaluate(options: EvaluateOptions, context: CommandContext): Promise<number> {
  const { terminal, config, signal } = context
  const file = options.data ?? suiteFile(options.suite ?? 'demo')
  const generator = parseGenerator(options.generator)
  const limit = parseCount(options.limit)
  if (file === undefined || generator === 'unknown' || limit === 'wrong') {
    terminal.say(usage)
    return exitCodes.usage
  }
  const read = await readQuestions(file)
  if (!read.ok) {
    terminal.say(read.message)
    return exitCodes.failed
  }
  // A suite belongs to its own data, whatever the settings say.
  const source = options.source ?? (options.data === undefined ? undefined : config.source)
  const chosen = generator ?? config.generator
  const gold = await openGoldDatabase(source, config.home)
  const orchestrator = await createOrchestrator({
    ...config,
    source,
    waitFor: chosen === 'rules' ? 'index' : 'model',
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  }).catch(async (error: unknown) => {
    await gold.close()
    throw error
  })
  try {
    const questions = read.questions.slice(0, limit)
    const runGold: RunSql = (sql, stop) => gold.query(sql, { signal: stop })
    const report = await askAll(orchestrator, questions, runGold, chosen, context)
    const startedWith = { file, generator: chosen, version }
    const path = await saveReport(report, startedWith, options.out)
    terminal.settle()
    terminal.say(`Report: ${path}`)
    const text = evaluationText(report, options.failures ?? false)
    terminal.print(options.json ? JSON.stringify({ ...startedWith, ...report }, null, 2) : text)
    return signal.aborted ? exitCodes.failed : exitCodes.answered
  } finally {
    await gold.close()
    await orchestrator.close()
  }
}

/** The evaluation itself, on anything that answers questions. */
export function askAll(
  orchestrator: Pick<Orchestrator, 'process'>,
  questions: readonly EvaluationQuestion[],
  runGold: RunSql,
  generator: GeneratorName,
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
): Promise<EvaluationReport> {
  return evaluateQuestions({
    questions,
    runGold,
    signal,
    // A signal of its own for each question: listeners would pile up on the long-lived one.
    ask: (question, conversationId) =>
      orchestrator.process(question, {
        conversationId,
        generator,
        signal: AbortSignal.any([signal]),
      }),
    onProgress: (done, total) => terminal.onProgress('Asking', done, total),
  })
}

async function saveReport(
  report: EvaluationReport,
  startedWith: { readonly file: string; readonly generator: string; readonly version: string },
  out?: string,
): Promise<string> {
  const at = new Date().toISOString()
  const name = `${startedWith.generator}-${at.replace(/[:.]/g, '-')}.json`
  const path = out ?? join(packageRoot, 'data/evaluation/reports', name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify({ at, ...startedWith, ...report }, null, 2)}\n`)
  return path
}
