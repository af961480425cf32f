/** `parley bench`: how long each stage of a warm answer takes, and how much memory it needs. */
import { demoNameOf } from '../../data/demo/demo-datasets.js'
import { readQuestions } from '../../data/evaluation/evaluation-question.js'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import type { Orchestrator } from '../orchestrator.js'
import type { CommandContext } from './command-context.js'
import { type BenchReport, measureAnswers } from './measure-answers.js'
import { parseCount } from './parse-count.js'
import { generatorChoice, parseGenerator, usesLocalModel } from './parse-generator.js'
import { suiteFile } from './suite-file.js'
import { textTable } from './text-table.js'

export interface BenchOptions {
  readonly source?: string
  readonly generator?: string
  readonly runs?: string
  readonly json?: boolean
}

const defaultRuns = 30
const usage = `Use: parley bench [--source SOURCE] [--generator ${generatorChoice}] [--runs N] [--json]`

export async function bench(options: BenchOptions, context: CommandContext): Promise<number> {
  const { terminal, config, signal } = context
  const generator = parseGenerator(options.generator)
  const runs = parseCount(options.runs)
  if (generator === 'unknown' || runs === 'wrong') {
    terminal.say(usage)
    return exitCodes.usage
  }
  const source = options.source ?? config.source
  const chosen = generator ?? config.generator
  const orchestrator = await createOrchestrator({
    ...config,
    source,
    // Of no use to anybody later; and approved SQL would be timed instead of a generator.
    keepConversations: false,
    waitFor: usesLocalModel(chosen) ? 'model' : 'index',
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  })
  try {
    const questions = await benchQuestions(orchestrator, source)
    const report = await measureAnswers(orchestrator, questions, {
      runs: runs ?? defaultRuns,
      generator: chosen,
      signal,
      onProgress: (done, total) => terminal.onProgress('Asking', done, total),
    })
    terminal.settle()
    terminal.print(options.json ? JSON.stringify(report, null, 2) : benchText(report))
    return signal.aborted ? exitCodes.failed : exitCodes.answered
  } finally {
    await orchestrator.close()
  }
}

/** A demo's own questions; for other data those that Parley suggests. */
async function benchQuestions(
  orchestrator: Orchestrator,
  source: string | undefined,
): Promise<readonly string[]> {
  const demo = demoNameOf(source)
  const file = demo === undefined ? undefined : suiteFile(demo)
  const read = file === undefined ? undefined : await readQuestions(file)
  if (!read?.ok) return orchestrator.suggestions()
  return read.questions
    .filter(({ sqls, conversation }) => sqls.length > 0 && conversation === undefined)
    .map(({ question }) => question)
}

function benchText(report: BenchReport): string {
  const number = { type: '', kind: 'number' } as const
  const columns = [
    { name: 'stage', type: '', kind: 'text' } as const,
    { name: 'runs', ...number },
    { name: 'p50 ms', ...number },
    { name: 'p95 ms', ...number },
  ]
  const rows = report.stages.map(({ stage, runs, p50, p95 }) => [stage, runs, p50, p95])
  const total = ['total', report.questions, report.total.p50, report.total.p95]
  const { tokens } = report
  return [
    `${report.questions} questions with ${report.generator}, ${report.answered} answered`,
    textTable(columns, [...rows, total]),
    tokens
      ? `Tokens per question: p50 ${tokens.p50}, p95 ${tokens.p95}`
      : 'Tokens: no model was asked',
    `Memory: ${report.rssMegabytes} MB now, ${report.peakRssMegabytes} MB at most`,
  ].join('\n')
}
