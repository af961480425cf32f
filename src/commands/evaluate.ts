/** `parley evaluate`: asks a file of questions and says how many are answered right. */

import {
  type EvaluationInput,
  evaluateQuestions,
} from '../../data/evaluation/evaluate-questions.js'
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import {
  type EvaluationQuestion,
  readQuestions,
} from '../../data/evaluation/evaluation-question.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import { readPredictions, writePredictions } from '../../data/evaluation/predictions-file.js'
import { exitCodes } from '../exit-codes.js'
import { createLogger } from '../logger.js'
import { type Models, openModels } from '../open-models.js'
import { evaluationFolder } from '../reports/report-folders.js'
import type { CommandContext } from './command-context.js'
import { describeRun, type RunDescription, saveReport } from './evaluation-record.js'
import {
  type EvaluateOptions,
  type EvaluationSettings,
  locateSources,
  readSettings,
} from './evaluation-settings.js'
import { evaluationText } from './evaluation-text.js'
import { fillModelOf } from './fill-model-of.js'
import { openCeilingSource } from './open-ceiling-source.js'
import { openEvaluatedSource } from './open-evaluated-source.js'
import { openLogOrSay } from './open-log.js'
import { openPredictedSource } from './open-predicted-source.js'
import { generatorChoice } from './parse-generator.js'
import { evaluateForms } from './wikisql/evaluate-forms.js'

const usage = `Use: parley evaluate [--demo NAME | --data FILE | --wikisql FOLDER] [--generator ${generatorChoice}] [--rules spider|bird|ties] [--limit N] [--workers N] …; --help lists every option.`

/** Ends with 0 when every question was asked, however many answers were right. */
export async function evaluate(options: EvaluateOptions, context: CommandContext): Promise<number> {
  const { terminal, config } = context
  if (options.wikisql !== undefined) return evaluateForms(options, options.wikisql, context)
  const settings = readSettings(options, config)
  if (!settings) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const read = await readQuestions(settings.file)
  if (!read.ok) {
    terminal.say(read.message)
    return exitCodes.failed
  }
  const questions = locateSources(read.questions, options, config).slice(0, settings.limit)
  const { onWeights } = terminal
  const models = openModels(config, { logger: createLogger('error'), onWeights })
  try {
    const opener = await chooseOpener(settings, questions, models, context)
    if (!opener.ok) {
      terminal.say(opener.message)
      return exitCodes.failed
    }
    const run = await describeRun(settings, models, config.home)
    return await evaluateAll(questions, { options, settings, run, opener: opener.open }, context)
  } finally {
    await models.close()
  }
}

type Open = EvaluationInput['openSource']
type Opener =
  | { readonly ok: true; readonly open: Open }
  | { readonly ok: false; readonly message: string }

async function chooseOpener(
  settings: EvaluationSettings,
  questions: readonly EvaluationQuestion[],
  models: Models,
  context: CommandContext,
): Promise<Opener> {
  if (settings.score !== undefined) {
    const read = await readPredictions(settings.score)
    if (!read.ok) return read
    const { predictions } = read
    if (predictions.length < questions.length) {
      const message = `${settings.score} has ${predictions.length} lines for ${questions.length} questions.`
      return { ok: false, message }
    }
    const byId = new Map(
      questions.flatMap(({ id }, at) => {
        const sql = predictions[at]
        return sql === undefined ? [] : [[id, sql] as const]
      }),
    )
    const predict = ({ id }: EvaluationQuestion) => byId.get(id)
    return { ok: true, open: (source) => openPredictedSource(source, predict, settings, context) }
  }
  if (settings.ceiling) {
    return { ok: true, open: (source) => openCeilingSource(source, models, settings, context) }
  }
  const missing = await fillModelOf(settings.generator, models)
  if (missing !== undefined) return { ok: false, message: missing }
  const asking = { ...settings, models }
  return { ok: true, open: (source) => openEvaluatedSource(source, asking, settings, context) }
}

interface Evaluation {
  readonly options: EvaluateOptions
  readonly settings: EvaluationSettings
  readonly run: RunDescription
  readonly opener: Open
}

async function evaluateAll(
  questions: readonly EvaluationQuestion[],
  { options, settings, run, opener }: Evaluation,
  { config, terminal, signal }: CommandContext,
): Promise<number> {
  const folder = evaluationFolder(config.home)
  const log = await openLogOrSay<EvaluatedItem>(options, run, folder, terminal)
  if (!log) return exitCodes.failed
  let done = questions.filter(({ id }) => log.known.has(id)).length
  if (done > 0) terminal.say(`${done} verdicts of ${log.path} are kept.`)
  const items = await evaluateQuestions({
    questions,
    known: log.known,
    workers: settings.workers,
    openSource: opener,
    onItem: async (item) => {
      await log.append(item)
      done += 1
      terminal.onProgress('Asking', done, questions.length)
    },
    signal,
  })
  const report = summarise(items)
  const path = await saveReport(log.path, run, report, items)
  if (options.predictions !== undefined) await writePredictions(options.predictions, items)
  terminal.settle()
  if (signal.aborted) terminal.say(`Stopped after ${items.length}; --resume goes on.`)
  terminal.say(`Report: ${path}`)
  terminal.print(
    options.json
      ? JSON.stringify({ ...run.facts, ...report, items }, null, 2)
      : evaluationText(report, options.failures ? items : []),
  )
  return signal.aborted ? exitCodes.failed : exitCodes.answered
}
