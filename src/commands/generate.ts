/** `parley generate`: pairs of questions and SQL about any database, for training. */
import type { PhaseReport } from '../../data/generator/generate-phases.js'
import type { Usage } from '../../data/generator/model/budget.js'
import { type PhaseName, phaseNames } from '../../data/generator/pair.js'
import type { GeneratorSettings } from '../../data/generator/settings/generator-settings.js'
import { readSettings } from '../../data/generator/settings/read-settings.js'
import { parseShard } from '../../data/generator/shard.js'
import type { SplitReport } from '../../data/generator/split/write-split.js'
import { exitCodes } from '../exit-codes.js'
import { generatePairs } from '../generate-pairs.js'
import type { CommandContext } from './command-context.js'

export interface GenerateCommandOptions {
  readonly config?: string
  readonly source?: string
  readonly phase?: string
  readonly runVersion?: string
  readonly shard?: string
  readonly resume?: boolean
  readonly json?: boolean
}

const usage =
  'Use: parley generate --config FILE [--source SOURCE | --demo NAME] [--phase NAME] [--run-version VERSION] [--shard I/N] [--resume] | --merge FOLDER...'

export async function generate(options: GenerateCommandOptions, context: CommandContext) {
  const { terminal, config, signal } = context
  const wrong = usageProblem(options)
  if (wrong !== undefined || options.config === undefined) {
    terminal.say(wrong ?? usage)
    return exitCodes.usage
  }
  const read = await readSettings(options.config)
  if (!read.ok) {
    terminal.say(read.problems.join('\n'))
    return exitCodes.usage
  }
  const { settings } = read
  const only = options.phase as PhaseName | undefined
  if (only !== undefined && !settings.phases.some(({ name }) => name === only)) {
    terminal.say(`${options.config} does not configure the phase ${only}.`)
    return exitCodes.usage
  }
  const generated = await generatePairs({
    settings,
    source: options.source ?? settings.source ?? config.source,
    allowWriter: config.allowWriter,
    home: config.home,
    access: config,
    only,
    version: options.runVersion,
    shard: options.shard === undefined ? undefined : parseShard(options.shard),
    resume: options.resume,
    signal,
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
    onNotice: terminal.say,
  })
  terminal.settle()
  if (!generated.ok) terminal.say(generated.message)
  if (signal.aborted) terminal.say('Stopped. What was written stays; --resume goes on.')
  const split = generated.ok ? generated.split : undefined
  const { phases, usage: used = [] } = generated
  const [ended] = phases.flatMap((phase) => phase.ended ?? [])
  const report = { stopped: signal.aborted, ended: ended?.why, phases, split, usage: used }
  const text = [
    ...phaseLines(phases, settings),
    ...used.map((each) => usageLine(each, settings)),
    ...splitLines(split),
  ].join('\n')
  terminal.print(options.json ? JSON.stringify(report) : text)
  return generated.ok && !signal.aborted ? exitCodes.answered : exitCodes.failed
}

/** Also of options that `--merge` takes. */
export function usageProblem({
  config,
  phase,
  runVersion,
  shard,
}: GenerateCommandOptions): string | undefined {
  if (config === undefined) return usage
  if (phase !== undefined && !(phaseNames as readonly string[]).includes(phase)) {
    return `There is no phase ${phase}. The phases are ${phaseNames.join(', ')}.`
  }
  if (shard !== undefined && !parseShard(shard)) {
    return '--shard takes its number and how many there are, such as 1/4.'
  }
  const isName = runVersion === undefined || /^[\w.-]+$/.test(runVersion)
  return isName ? undefined : '--run-version takes letters, digits, dots, dashes and underscores.'
}

function phaseLines(
  phases: readonly PhaseReport[],
  { run_queries: runs }: GeneratorSettings,
): readonly string[] {
  const lines = phases.flatMap(({ phase, path, wanted, written, seconds, notes, ended }) => [
    `${phase.padEnd(20)} ${String(written).padStart(6)} of ${wanted} pairs in ${path} (${seconds.toFixed(1)} s)`,
    ...notes.map((note) => `  ${note}`),
    ...(ended ? [`  ${ended.message}`] : []),
  ])
  const pairs = phases.reduce((sum, { written, earlier }) => sum + written - earlier, 0)
  const seconds = phases.reduce((sum, each) => sum + each.seconds, 0)
  const pace = seconds > 0 ? Math.round((pairs * 60) / seconds) : 0
  return [...lines, `${pairs} pairs ${runs ? 'run' : 'bound'}, ${pace} a minute`]
}

/** Money is said where a price was given. */
function usageLine({ model, calls, input, output, money }: Usage, { budget }: GeneratorSettings) {
  const [read, written] = [input, output].map((tokens) => tokens.toLocaleString('en'))
  const paid = budget.prices[model] ? `, ${money.toFixed(4)} to pay` : ''
  return `${model}: ${calls} answers, ${read} tokens read and ${written} written${paid}`
}

export function splitLines(split: SplitReport | undefined): readonly string[] {
  if (!split) return []
  const { train, validation, between, repeated, paths } = split
  return [
    `${train} pairs in ${paths[0]}, ${validation} in ${paths[1]}`,
    `  ${between} left out of both for their skeleton, ${repeated} as repeats of another phase`,
  ]
}
