/** `parley train run` and `parley train export`: start the Python job that makes LoRA adapters. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ownAdapters } from '../../adapters/adapter-folders.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { servedBase } from './served-base.js'
import { runTrainingScript, trainingFolder } from './training-python.js'

export interface TrainOptions {
  /** Name of a file in models/training/configs, or a path. */
  readonly config: string
  readonly base?: string
  readonly data?: string
  readonly out?: string
  readonly resume?: boolean
  readonly startFrom?: string
  readonly passes?: string
  readonly maxSteps?: string
}

export interface ExportOptions {
  /** Of several the mean is exported. */
  readonly checkpoint?: readonly string[]
  readonly base?: string
  readonly out?: string
  readonly type?: string
  readonly measure?: string
  readonly score?: string
  readonly dataSets?: readonly string[]
  readonly servedOver?: string
}

/** What the job calls a run that was stopped before its last step, with a checkpoint. */
const stoppedEarly = 3

export async function train(options: TrainOptions, context: CommandContext): Promise<number> {
  const settings = configFile(options.config)
  if (settings === undefined) {
    const known = readdirSync(join(trainingFolder, 'configs')).map((file) =>
      file.replace('.yaml', ''),
    )
    context.terminal.say(`There is no configuration ${options.config}. Known: ${known.join(', ')}.`)
    return exitCodes.usage
  }
  const base = options.base ?? (await servedBase(context))
  if (base === undefined) return exitCodes.failed
  const { home } = context.config
  const parameters = [
    ...['--config', settings],
    ...['--base', base],
    ...['--data', options.data ?? join(home, 'training/rows')],
    ...[
      '--out',
      options.out ?? join(home, 'training', options.config.replace(/^.*\/|\.yaml$/g, '')),
    ],
    ...(options.resume ? ['--resume'] : []),
    ...given('--start-from', options.startFrom),
    ...given('--passes', options.passes),
    ...given('--max-steps', options.maxSteps),
  ]
  const code = await runTrainingScript('train_lora.py', parameters, context)
  return code === 0 || code === stoppedEarly ? exitCodes.answered : exitCodes.failed
}

export async function trainExport(
  options: ExportOptions,
  context: CommandContext,
): Promise<number> {
  const { checkpoint } = options
  if (checkpoint === undefined) {
    context.terminal.say('Use: parley train export --checkpoint FOLDER [--out NAME.gguf]')
    return exitCodes.usage
  }
  const base = options.base ?? (await servedBase(context))
  if (base === undefined) return exitCodes.failed
  const out = options.out ?? join(ownAdapters(context.config.home), adapterName(checkpoint))
  await mkdir(dirname(resolve(out)), { recursive: true })
  const parameters = [
    'adapter',
    ...['--checkpoint', ...checkpoint],
    ...['--base', base],
    ...['--out', out],
    ...given('--type', options.type),
    ...given('--measure', options.measure),
    ...given('--score', options.score),
    ...given('--data-sets', ...(options.dataSets ?? [])),
    ...given('--served-over', options.servedOver),
  ]
  const code = await runTrainingScript('export_gguf.py', parameters, context)
  return code === 0 ? exitCodes.answered : exitCodes.failed
}

/** Run and step of the first checkpoint. */
function adapterName([first = '', ...others]: readonly string[]): string {
  const path = resolve(first)
  const mean = others.length > 0 ? '-mean' : ''
  return `${basename(dirname(path))}-${basename(path)}${mean}.gguf`
}

function configFile(name: string): string | undefined {
  const known = join(trainingFolder, 'configs', `${name}.yaml`)
  return [known, name].find((path) => existsSync(path))
}

function given(flag: string, ...values: readonly (string | undefined)[]): string[] {
  const known = values.filter((value) => value !== undefined)
  return known.length > 0 ? [flag, ...known] : []
}
