/** `parley data instructions`: Spider's questions as lines to tune a chat model on, asked as the local model is asked. */
import { existsSync } from 'node:fs'
import { localPrompt } from '../../../agents/generators/local/local-prompt.js'
import type { Catalog } from '../../../data/catalog.js'
import { inTargetNames } from '../../../data/dialects/in-target-names.js'
import { introspectSqlite } from '../../../data/sqlite/introspect.js'
import { groupBy } from '../../../data/training/group-by.js'
import {
  type Instruction,
  type InstructionFormat,
  instructionFormats,
  writeInstruction,
} from '../../../data/training/spider/instruction-row.js'
import { databasePath } from '../../../data/training/spider/spider-files.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { type AskedQuestion, readAsked } from './read-asked.js'
import { writeJsonLines } from './write-whole.js'

export interface InstructionsOptions {
  readonly spider: string
  readonly out?: string
  readonly format: string
  readonly split: string
  /** What `parley data dialect` wrote, instead of Spider's own SQL. */
  readonly converted?: string
  readonly json?: boolean
}

const usage =
  'Use: parley data instructions SPIDER --out FILE [--format gemma|chat] [--split train|dev] [--converted FILE]'

export async function instructions(options: InstructionsOptions, context: CommandContext) {
  const { terminal } = context
  const { spider, out, format, split, converted } = options
  if (out === undefined || !isFormat(format) || (split !== 'train' && split !== 'dev')) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const asked = await readAsked({ spider, split, converted })
  if (!asked.ok) {
    terminal.say(asked.message)
    return exitCodes.failed
  }
  const { rows, leftOut } = await writeRows(spider, asked.questions, format, context)
  terminal.settle()
  for (const reason of leftOut) terminal.say(reason)
  const written = await writeJsonLines(out, rows)
  if (!written.ok || rows.length === 0) {
    terminal.say(written.ok ? 'No question has its database.' : written.message)
    return exitCodes.failed
  }
  const summary = { questions: rows.length, leftOut, format, out }
  terminal.print(options.json ? JSON.stringify(summary) : `${rows.length} questions in ${out}`)
  return exitCodes.answered
}

function isFormat(name: string): name is InstructionFormat {
  return (instructionFormats as readonly string[]).includes(name)
}

async function writeRows(
  spider: string,
  questions: readonly AskedQuestion[],
  format: InstructionFormat,
  { terminal, signal }: CommandContext,
) {
  const groups = groupBy(questions, ({ database }) => database)
  const rows: unknown[] = []
  const leftOut: string[] = []
  let read = 0
  for (const [database, asked] of groups) {
    signal.throwIfAborted()
    const catalog = await describe(spider, database, signal)
    terminal.onProgress('Reading databases', ++read, groups.size)
    if (typeof catalog === 'string') {
      leftOut.push(`${asked.length} questions on ${database} are left out: ${catalog}`)
      continue
    }
    for (const question of asked) {
      rows.push(writeInstruction(instructionOf(question, catalog), format))
    }
  }
  return { rows, leftOut }
}

/** Its tables and kinds; of a database that is there as a schema alone, without values. */
async function describe(spider: string, database: string, signal: AbortSignal) {
  const whole = databasePath(spider, database)
  const empty = whole.replace(/sqlite$/, 'schema_only.sqlite')
  const path = [whole, empty].find((candidate) => existsSync(candidate))
  if (path === undefined) return `there is no ${whole}.`
  try {
    return await introspectSqlite(path, signal)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The whole schema, whatever its length: which tables a question needs is the model's to learn. */
function instructionOf(
  { id, database, question, sql, dialect }: AskedQuestion,
  catalog: Catalog,
): Instruction {
  const known = dialect === 'sqlite' ? catalog : inTargetNames(catalog, dialect)
  const { prefix, suffix } = localPrompt({ catalog: known, question, links: [] }, () => 0)
  return { id, database, prompt: `${prefix}${suffix}`, sql }
}
