/** `parley evaluate --wikisql`: questions over tables without rows, judged by the logical form of what was written. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvaluationLog } from '../../../data/evaluation/evaluation-log.js'
import { summariseForms } from '../../../data/evaluation/wikisql/form-report.js'
import { type FormItem, judgeForm } from '../../../data/evaluation/wikisql/judge-form.js'
import {
  type FormQuestion,
  readFormQuestions,
} from '../../../data/evaluation/wikisql/read-form-questions.js'
import { createRandom, shuffled } from '../../../data/random.js'
import { exitCodes } from '../../exit-codes.js'
import { createLogger } from '../../logger.js'
import { openModels } from '../../open-models.js'
import { formsFolder } from '../../reports/report-folders.js'
import type { CommandContext } from '../command-context.js'
import { describeRun, type RunDescription } from '../evaluation-record.js'
import { type EvaluateOptions, readSettings } from '../evaluation-settings.js'
import { fillModelOf } from '../fill-model-of.js'
import { openLogOrSay } from '../open-log.js'
import { generatorChoice } from '../parse-generator.js'
import { type AskForm, goldAsker, productAsker } from './ask-form.js'
import { formsText } from './forms-text.js'

const usage = `Use: parley evaluate --wikisql FOLDER [--generator ${generatorChoice}] [--limit N] [--levers LIST] [--ceiling] [--resume] [--out FILE] [--failures] [--json]`
const understood = [
  'wikisql',
  'generator',
  'limit',
  'levers',
  'ceiling',
  'resume',
  'out',
  'failures',
  'json',
]
/** What the command line gives by itself. */
const usual: Readonly<Record<string, unknown>> = { suite: 'demo', workers: '1', evidence: true }
/** Of the sample that --limit takes. */
const sampleSeed = 1

/** Ends with 0 when every question was asked, however many answers were right. */
export async function evaluateForms(
  options: EvaluateOptions,
  folder: string,
  context: CommandContext,
): Promise<number> {
  const { terminal, config } = context
  const asked = readSettings({ ...options, data: join(folder, 'dev.jsonl') }, config)
  if (!asked || !isAboutForms(options)) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const read = await readFormQuestions(folder)
  if (!read.ok) {
    terminal.say(read.message)
    return exitCodes.failed
  }
  const questions = sampleOf(read.questions, asked.limit)
  const { onWeights } = terminal
  const models = openModels(config, { logger: createLogger('error'), onWeights })
  try {
    const missing = asked.ceiling ? undefined : await fillModelOf(asked.generator, models)
    if (missing !== undefined) {
      terminal.say(missing)
      return exitCodes.failed
    }
    const ask = asked.ceiling ? goldAsker(asked.generator) : productAsker(asked, models, context)
    const run = await describeRun(asked, models, config.home)
    const facts = { ...run.facts, rules: 'logical form' }
    // The way of the gold forms is that of the generator.
    const generator = asked.ceiling ? `ceiling ${asked.generator}` : asked.generator
    const verdicts = { ...run.settings, generator }
    return await askAll(questions, { ask, run: { facts, settings: verdicts }, options }, context)
  } finally {
    await models.close()
  }
}

/** What else can be said of a run is about rows, and would be passed over here. */
function isAboutForms(options: EvaluateOptions): boolean {
  return Object.entries(options).every(
    ([name, value]) => value === undefined || value === usual[name] || understood.includes(name),
  )
}

/** In the order of the file: questions on one table follow one another. */
function sampleOf(questions: readonly FormQuestion[], limit = questions.length) {
  const taken = new Set(shuffled(questions, createRandom(sampleSeed)).slice(0, limit))
  return questions.filter((question) => taken.has(question))
}

interface Asking {
  readonly ask: AskForm
  readonly run: RunDescription
  readonly options: EvaluateOptions
}

async function askAll(
  questions: readonly FormQuestion[],
  { ask, run, options }: Asking,
  { config, terminal, signal }: CommandContext,
): Promise<number> {
  const folder = formsFolder(config.home)
  const log = await openLogOrSay<FormItem>(options, run, folder, terminal)
  if (!log) return exitCodes.failed
  const items: FormItem[] = []
  for (const question of questions) {
    const item = log.known.get(question.id) ?? (await askOne(question, ask, log, signal))
    if (!item) break
    items.push(item)
    terminal.onProgress('Asking', items.length, questions.length)
  }
  const report = { ...run.facts, ...summariseForms(items, questions) }
  const path = log.path.replace(/\.jsonl$/, '.json')
  const json = JSON.stringify({ ...report, items }, null, 2)
  await writeFile(path, `${json}\n`)
  terminal.settle()
  if (signal.aborted) terminal.say(`Stopped after ${items.length}; --resume goes on.`)
  terminal.say(`Report: ${path}`)
  terminal.print(options.json ? json : formsText(report, options.failures ? items : []))
  return signal.aborted ? exitCodes.failed : exitCodes.answered
}

/** Undefined once it is stopped. */
async function askOne(
  question: FormQuestion,
  ask: AskForm,
  log: EvaluationLog<FormItem>,
  signal: AbortSignal,
): Promise<FormItem | undefined> {
  if (signal.aborted) return undefined
  const started = performance.now()
  const written = await ask(question, AbortSignal.any([signal]))
  if (signal.aborted) return undefined
  const item = judgeForm(question, { ...written, ms: Math.round(performance.now() - started) })
  await log.append(item)
  return item
}
