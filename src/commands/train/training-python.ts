/** Runs the scripts of the training job with a Python that has its packages. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../models/package-root.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'

export const trainingFolder = join(packageRoot, 'models/training')

const environmentFolder = join(trainingFolder, '.venv')

/** Resolves with the script's exit code. What it says goes straight to the terminal. */
export async function runTrainingScript(
  script: string,
  parameters: readonly string[],
  context: CommandContext,
): Promise<number> {
  const python = context.config.python ?? (await preparedPython(context))
  if (python === undefined) return exitCodes.failed
  return run(python, [join(trainingFolder, script), ...parameters], context)
}

function preparedPython(context: CommandContext): Promise<string | undefined> {
  const about = 'the packages of the training job, once (about 1.5 GB)'
  const parts = { folder: environmentFolder, packages: trainingFolder, about }
  return prepareEnvironment(parts, context)
}

export interface Environment {
  readonly folder: string
  /** What pip installs. */
  readonly packages: string
  /** Said before. */
  readonly about: string
}

/** Makes the environment on first use, and gives its Python. A broken install leaves none behind that looks whole. */
export async function prepareEnvironment(
  { folder, packages, about }: Environment,
  context: CommandContext,
): Promise<string | undefined> {
  const python = join(folder, 'bin/python')
  const marker = join(folder, 'parley-ready')
  if (existsSync(marker)) return python
  context.terminal.say(`Installing ${about} …`)
  const steps: readonly (readonly [string, ...string[]])[] = [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', packages],
    [python, '-c', `open(${JSON.stringify(marker)}, 'w').close()`],
  ]
  for (const [program, ...parameters] of steps) {
    if ((await run(program, parameters, context)) !== 0) {
      context.terminal.say(notPrepared)
      return undefined
    }
  }
  return python
}

const notPrepared = `They could not be installed.
That needs Python 3.11 or later with venv and pip, and the network once.
Or name a Python that has the packages of models/training/pyproject.toml: PARLEY_PYTHON.`

/** A program that cannot be started counts as failed. Ctrl-C reaches the script too; it saves what it has, and is waited for. */
function run(program: string, parameters: readonly string[], { signal }: CommandContext) {
  return new Promise<number>((resolve) => {
    const child = spawn(program, parameters, { stdio: 'inherit' })
    const stop = () => child.kill('SIGINT')
    signal.addEventListener('abort', stop, { once: true })
    child.on('error', () => resolve(exitCodes.failed))
    child.on('exit', (code) => {
      signal.removeEventListener('abort', stop)
      resolve(code ?? exitCodes.failed)
    })
  })
}
