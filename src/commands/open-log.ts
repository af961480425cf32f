/** Where an evaluation keeps its verdicts: a new log, or that of the run it goes on with. */
import { basename, extname, join, resolve } from 'node:path'
import {
  type EvaluationLog,
  findLog,
  type LoggedItem,
  resumeLog,
  startLog,
} from '../../data/evaluation/evaluation-log.js'
import type { CommandContext } from './command-context.js'
import type { RunDescription } from './evaluation-record.js'

interface LogOptions {
  readonly out?: string
  readonly resume?: boolean
}

/** Where there is none it says why. */
export async function openLogOrSay<Item extends LoggedItem>(
  options: LogOptions,
  run: RunDescription,
  folder: string,
  terminal: Pick<CommandContext['terminal'], 'say'>,
): Promise<EvaluationLog<Item> | undefined> {
  const log = await openLog<Item>(options, run, folder)
  if (!log) {
    const { out } = options
    terminal.say(`The log of ${out} would overwrite the questions; give --out another name.`)
  }
  return log
}

/** `folder` is for those without `out`. The log lies beside the report and has its name; undefined where the questions themselves would be overwritten. */
async function openLog<Item extends LoggedItem>(
  { out, resume }: LogOptions,
  { settings, facts }: RunDescription,
  folder: string,
): Promise<EvaluationLog<Item> | undefined> {
  const named = out?.replace(/(?:\.json)?$/, '.jsonl')
  if (named !== undefined && resolve(named) === resolve(facts.file)) return undefined
  if (resume) {
    const earlier = named
      ? await resumeLog<Item>(named, settings)
      : await findLog<Item>(folder, settings)
    if (earlier) return earlier
  }
  const stamp = facts.at.replace(/[:.]/g, '-')
  const questions = basename(facts.file, extname(facts.file))
  const generator = basename(facts.generator, extname(facts.generator))
  const name = `${questions}-${generator}-${stamp}.jsonl`
  return startLog(named ?? join(folder, name), settings)
}
