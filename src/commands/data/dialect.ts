/** `parley data dialect`: Spider's SQL for PostgreSQL or DuckDB, kept where it gives SQLite's result on the same rows. */
import { join } from 'node:path'
import {
  type ConversionReport,
  reportConversions,
} from '../../../data/dialects/conversion-report.js'
import type { TargetDialect } from '../../../data/dialects/dialect-engine.js'
import { isEqual } from '../../../data/dialects/judge-conversion.js'
import { ConverterError } from '../../../data/dialects/sqlglot-converter.js'
import { type Conversions, tryConversions } from '../../../data/dialects/try-conversions.js'
import type { ConvertedQuestion } from '../../../data/evaluation/convert/converted.js'
import { readSpider } from '../../../data/evaluation/convert/spider-layout.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { parseCount } from '../parse-count.js'
import { type ConverterName, converterNames, openConversion } from './open-conversion.js'
import { writeJsonLines, writeWhole } from './write-whole.js'

export interface DialectOptions {
  readonly spider: string
  readonly to?: string
  readonly out?: string
  readonly split: string
  readonly converter: string
  readonly postgres?: string
  readonly limit?: string
  readonly json?: boolean
}

const usage =
  'Use: parley data dialect SPIDER --to postgres|duckdb --out FOLDER [--split train|dev] [--converter sqlglot|plain|join-free] [--postgres URL] [--limit N]'

export async function dialect(options: DialectOptions, context: CommandContext) {
  const { terminal } = context
  const read = readOptions(options)
  if (read === undefined) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const { to, out, limit, converter } = read
  const found = await readSpider({ folder: options.spider, split: options.split, out })
  if (!found.ok) {
    terminal.say(found.message)
    return exitCodes.failed
  }
  const opened = await openConversion({ to, converter, url: options.postgres }, context)
  if (!opened.ok) {
    terminal.say(opened.message)
    return exitCodes.failed
  }
  const { parts, close } = opened
  try {
    const { onProgress } = terminal
    const asked = spread(found.questions, limit)
    const done = await tryConversions(asked, { ...parts, onProgress, signal: context.signal })
    terminal.settle()
    for (const reason of [...found.leftOut, ...done.leftOut]) terminal.say(reason)
    return await write(done, { ...options, to, out, label: parts.engine.label, converter }, context)
  } catch (error) {
    if (!(error instanceof ConverterError) || context.signal.aborted) throw error
    terminal.say(`${error.message}\n${howToPrepare}`)
    return exitCodes.failed
  } finally {
    await close()
  }
}

const howToPrepare =
  'PARLEY_PYTHON must have sqlglot in the version of models/training/pyproject.toml; unset, Parley prepares one.'

function readOptions({ to, out, split, limit, converter }: DialectOptions) {
  const count = parseCount(limit)
  if ((to !== 'postgres' && to !== 'duckdb') || out === undefined || count === 'wrong') return
  if (!['train', 'dev'].includes(split) || !isConverter(converter)) return
  return { to, out, limit: count, converter } as const
}

function isConverter(name: string): name is ConverterName {
  return (converterNames as readonly string[]).includes(name)
}

/** Evenly over all questions, so that a few speak for all databases. */
function spread(questions: readonly ConvertedQuestion[], limit = questions.length) {
  const step = Math.max(1, questions.length / limit)
  return questions.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
}

interface Written {
  readonly to: TargetDialect
  readonly out: string
  readonly split: string
  readonly converter: ConverterName
  readonly label: string
  readonly json?: boolean
}

async function write(done: Conversions, written: Written, { terminal }: CommandContext) {
  const { to, out, split, converter, label, json } = written
  const name = `${to}-${split}`
  const kept = done.items
    .filter(({ verdict }) => isEqual(verdict))
    .map((item) => ({ ...item, dialect: to }))
  const failed = done.items.filter(({ verdict }) => !isEqual(verdict))
  const report = { engine: label, converter, split, ...reportConversions(done) }
  const outcomes = [
    await writeJsonLines(join(out, `${name}.jsonl`), kept),
    await writeJsonLines(join(out, `${name}-failures.jsonl`), failed),
    await writeWhole(join(out, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`),
  ]
  for (const outcome of outcomes) {
    if (outcome.ok) continue
    terminal.say(outcome.message)
    return exitCodes.failed
  }
  terminal.print(json ? JSON.stringify(report) : textOf(report, join(out, name)))
  return report.questions === 0 ? exitCodes.failed : exitCodes.answered
}

function textOf(
  report: ConversionReport & { readonly engine: string; readonly converter: string },
  path: string,
): string {
  const share = (count: number) => `${((100 * count) / (report.questions || 1)).toFixed(1)} %`
  const verdicts = Object.entries(report.verdicts).sort(([, left], [, right]) => right - left)
  return [
    `${report.engine}, ${report.converter}: ${report.questions} questions`,
    `converted ${report.converted} (${share(report.converted)}), equal ${report.equal} (${share(report.equal)})`,
    ...verdicts.map(([verdict, count]) => `  ${verdict.padEnd(16)} ${String(count).padStart(6)}`),
    ...report.refusals
      .slice(0, maxRefusals)
      .map(({ message, count }) => `    ${count} × ${message}`),
    `${path}.jsonl, ${path}-failures.jsonl`,
  ].join('\n')
}

/** Kinds of refusal that are printed; the report has more. */
const maxRefusals = 5
