/** `parley evaluate`: asks a file of questions and says how many are answered right. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { evaluateQuestions } from '../../data/evaluation/evaluate-questions.js'
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import {
  type EvaluationQuestion,
  readQuestions,
} from '../../data/evaluation/evaluation-question.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import type { AccuracyRules } from '../../data/evaluation/judge-answer.js'
import { packageRoot } from '../../models/package-root.js'
import { exitCodes } from '../exit-codes.js'
import { createLogger } from '../logger.js'
import { openModels } from '../open-models.js'
import { version } from '../version.js'
import type { CommandContext } from './command-context.js'
import { evaluationText } from './evaluation-text.js'
import { openEvaluatedSource } from './open-evaluated-source.js'
import { parseCount } from './parse-count.js'
import { parseGenerator } from './parse-generator.js'
import { suiteFile } from './suite-file.js'

export interface EvaluateOptions {
  readonly suite?: string
  readonly data?: string
  readonly databases?: string
  readonly source?: string
  readonly generator?: string
  readonly limit?: string
  readonly rules?: string
  readonly variants?: string
  readonly keepDistinct?: boolean
  readonly evidence?: boolean
  readonly out?: string
  readonly failures?: boolean
  readonly json?: boolean
}

const usage =
  'Use: parley evaluate [--suite demo | --data FILE] [--databases DIR] [--source SOURCE] [--generator auto|rules|local] [--limit N] [--rules spider|bird|ties] [--variants DIR] [--keep-distinct] [--no-evidence] [--out FILE] [--failures] [--json]'

/** Ends with 0 when every question was asked, however many answers were right. */
export async function evaluate(options: EvaluateOptions, context: CommandContext): Promise<number> {
  const { terminal, config, signal } = context
  const file = options.data ?? suiteFile(options.suite ?? 'demo')
  const generator = parseGenerator(options.generator)
  const limit = parseCount(options.limit)
  const rules = parseRules(options)
  if (file === undefined || generator === 'unknown' || limit === 'wrong' || !rules) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const read = await readQuestions(file)
  if (!read.ok) {
    terminal.say(read.message)
    return exitCodes.failed
  }
  const questions = located(read.questions, options, config.source).slice(0, limit)
  const chosen = generator ?? config.generator
  const { onWeights } = terminal
  const models = openModels(config, { logger: createLogger('warn'), onWeights })
  try {
    if (chosen !== 'rules') await models.fillModel()
    const judging = {
      rules,
      keepDistinct: options.keepDistinct ?? false,
      variants: options.variants,
    }
    const asking = { generator: chosen, withEvidence: options.evidence ?? true, models }
    let done = 0
    const items = await evaluateQuestions({
      questions,
      signal,
      openSource: (source) => openEvaluatedSource(source, asking, judging, context),
      onItem: () => {
        done += 1
        terminal.onProgress('Asking', done, questions.length)
      },
    })
    const report = summarise(items)
    const startedWith = { file, generator: chosen, model: models.model.note(), rules, version }
    const path = await saveReport({ ...startedWith, ...report, items }, chosen, options.out)
    terminal.settle()
    terminal.say(`Report: ${path}`)
    const text = evaluationText(report, options.failures ? items : [])
    const json = { ...startedWith, ...report, items }
    terminal.print(options.json ? JSON.stringify(json, null, 2) : text)
    return signal.aborted ? exitCodes.failed : exitCodes.answered
  } finally {
    await models.close()
  }
}

/** The questions that come with Parley forgive ties; those of a benchmark are counted as it counts. */
function parseRules({ rules, data }: EvaluateOptions): AccuracyRules | undefined {
  if (rules === undefined) return data === undefined ? 'ties' : 'spider'
  return rules === 'spider' || rules === 'bird' || rules === 'ties' ? rules : undefined
}

/** A question's own source counts from the folder of its file; a suite's questions are about its own data. */
function located(
  questions: readonly EvaluationQuestion[],
  { data, databases, source }: EvaluateOptions,
  configured: string | undefined,
): readonly EvaluationQuestion[] {
  const folder = databases ?? (data === undefined ? '.' : dirname(data))
  const usual = source ?? (data === undefined ? undefined : configured)
  return questions.map((question) => ({
    ...question,
    source: question.source === undefined ? usual : resolve(folder, question.source),
  }))
}

async function saveReport(
  report: { readonly items: readonly EvaluatedItem[] },
  generator: string,
  out?: string,
): Promise<string> {
  const at = new Date().toISOString()
  const name = `${generator}-${at.replace(/[:.]/g, '-')}.json`
  const path = out ?? join(packageRoot, 'data/evaluation/reports', name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify({ at, ...report }, null, 2)}\n`)
  return path
}
