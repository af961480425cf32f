/** `parley generate --merge`: one set of files from the shards of several machines. */
import type { PhaseName } from '../../data/generator/pair.js'
import { readSettings } from '../../data/generator/settings/read-settings.js'
import {
  type MergedPhase,
  type Merging,
  mergeShards,
} from '../../data/generator/split/merge-shards.js'
import { exitCodes } from '../exit-codes.js'
import type { CommandContext } from './command-context.js'
import { type GenerateCommandOptions, splitLines, usageProblem } from './generate.js'

export interface MergeOptions extends GenerateCommandOptions {
  readonly merge: readonly string[]
}

export async function mergeGenerated(options: MergeOptions, context: CommandContext) {
  const { terminal } = context
  const { config, phase, source, shard, resume, merge: folders, runVersion: version } = options
  const wrong = usageProblem(options)
  if (wrong !== undefined || config === undefined) {
    terminal.say(wrong ?? '')
    return exitCodes.usage
  }
  if (source !== undefined || shard !== undefined || resume) {
    terminal.say('--merge reads files alone, so that it takes no source, --shard or --resume.')
    return exitCodes.usage
  }
  const read = await readSettings(config)
  if (!read.ok) {
    terminal.say(read.problems.join('\n'))
    return exitCodes.usage
  }
  const only = phase as PhaseName | undefined
  if (only !== undefined && !read.settings.phases.some(({ name }) => name === only)) {
    terminal.say(`${config} does not configure the phase ${only}.`)
    return exitCodes.usage
  }
  return merge(context, { settings: read.settings, folders, only, version }, options.json)
}

async function merge({ terminal }: CommandContext, merging: Merging, asJson: boolean | undefined) {
  const merged = await mergeShards(merging)
  if (!merged.ok) {
    terminal.say([...merged.problems, 'Nothing was written.'].join('\n'))
    return exitCodes.failed
  }
  const { phases, split } = merged
  const text = [...phases.flatMap(phaseLines), ...splitLines(split)].join('\n')
  terminal.print(asJson ? JSON.stringify({ phases, split }) : text)
  return exitCodes.answered
}

function phaseLines({ phase, path, shards, written, repeated, notes }: MergedPhase): string[] {
  const from = shards === 0 ? 'whole already' : `of ${shards} shards`
  const repeats = repeated > 0 ? `, ${repeated} repeats left out` : ''
  const head = `${phase.padEnd(20)} ${String(written).padStart(6)} pairs in ${path} (${from}${repeats})`
  return [head, ...notes.map((note) => `  ${note}`)]
}
