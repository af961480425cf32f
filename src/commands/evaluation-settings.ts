/** The options of `parley evaluate`, checked: which questions, asked how, judged by what. */
import { dirname, resolve } from 'node:path'
import type { GeneratorName } from '../../agents/answer.js'
import type { Levers } from '../../agents/generators/local/levers.js'
import { demoNameOf } from '../../data/demo/demo-datasets.js'
import type { EvaluationQuestion } from '../../data/evaluation/evaluation-question.js'
import type { AccuracyRules } from '../../data/evaluation/judge-answer.js'
import { isMysqlUrl } from '../../data/mysql/address.js'
import { isPostgresUrl } from '../../data/postgres/address.js'
import type { Config } from '../config.js'
import { parseCount } from './parse-count.js'
import { parseGenerator } from './parse-generator.js'
import { parseLevers } from './parse-levers.js'
import { suiteFile, suiteSource } from './suite-file.js'

export interface EvaluateOptions {
  readonly suite?: string
  readonly data?: string
  /** Folder of WikiSQL, to judge logical forms. */
  readonly wikisql?: string
  readonly databases?: string
  readonly source?: string
  readonly generator?: string
  readonly limit?: string
  readonly rules?: string
  readonly variants?: string
  readonly keepDistinct?: boolean
  readonly evidence?: boolean
  readonly levers?: string
  readonly workers?: string
  readonly resume?: boolean
  readonly predictions?: string
  readonly score?: string
  readonly ceiling?: boolean
  readonly out?: string
  readonly failures?: boolean
  readonly json?: boolean
}

export interface EvaluationSettings {
  /** The questions file. */
  readonly file: string
  readonly generator: GeneratorName
  readonly limit?: number
  readonly levers?: Partial<Levers>
  readonly workers: number
  readonly rules: AccuracyRules
  readonly keepDistinct: boolean
  readonly withEvidence: boolean
  /** Folder of other contents of the databases. */
  readonly variants?: string
  /** Predictions to score in place of the product's answers. */
  readonly score?: string
  /** Whether to score the gold SQL itself, made join-free and completed again. */
  readonly ceiling: boolean
}

/** Undefined when an option is not one of those it can be. */
export function readSettings(
  options: EvaluateOptions,
  { generator }: Config,
): EvaluationSettings | undefined {
  const file = options.data ?? suiteFile(options.suite ?? 'demo')
  const chosen = parseGenerator(options.generator)
  const limit = parseCount(options.limit)
  const workers = parseCount(options.workers)
  const levers = parseLevers(options.levers)
  const rules = parseRules(options)
  if (file === undefined || chosen === 'unknown' || rules === undefined) return undefined
  if (limit === 'wrong' || workers === 'wrong' || levers === 'wrong') return undefined
  return {
    file,
    generator: chosen ?? generator,
    limit,
    levers,
    workers: workers ?? 1,
    rules,
    keepDistinct: options.keepDistinct ?? false,
    withEvidence: options.evidence ?? true,
    variants: options.variants,
    score: options.score,
    ceiling: options.ceiling ?? false,
  }
}

/** The questions that come with Parley forgive ties; those of a benchmark are counted as it counts. */
function parseRules({ rules, data }: EvaluateOptions): AccuracyRules | undefined {
  if (rules === undefined) return data === undefined ? 'ties' : 'spider'
  return rules === 'spider' || rules === 'bird' || rules === 'ties' ? rules : undefined
}

/** A question's own source is a demo or counts from the folder of its file; a suite's questions are about its own data. */
export function locateSources(
  questions: readonly EvaluationQuestion[],
  { suite = 'demo', data, databases, source }: EvaluateOptions,
  config: Config,
): readonly EvaluationQuestion[] {
  const folder = databases ?? (data === undefined ? '.' : dirname(data))
  const usual = source ?? (data === undefined ? suiteSource(suite) : config.source)
  return questions.map((question) => ({
    ...question,
    source: question.source === undefined ? usual : located(question.source, folder),
  }))
}

function located(source: string, folder: string): string {
  const isFile = demoNameOf(source) === undefined && !isPostgresUrl(source) && !isMysqlUrl(source)
  return isFile ? resolve(folder, source) : source
}
