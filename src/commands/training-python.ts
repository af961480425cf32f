/** Runs the scripts of the training job with a Python that has its packages. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'
import { exitCodes } from '../exit-codes.js'
import type { CommandContext } from './command-context.js'

export const trainingFolder = join(packageRoot, 'models/training')

const environmentFolder = join(trainingFolder, '.venv')
const environmentPython = join(environmentFolder, 'bin/python')

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

/** Makes the environment on first use. A broken install leaves none behind that looks whole. */
async function preparedPython(context: CommandContext): Promise<string | undefined> {
  const marker = join(environmentFolder, 'parley-ready')
  if (existsSync(marker)) return environmentPython
  context.terminal.say('Installing the packages of the training job, once (about 1.5 GB) …')
  const steps: readonly (readonly [string, ...string[]])[] = [
    ['python3', '-m', 'venv', environmentFolder],
    [environmentPython, '-m', 'pip', 'install', '--quiet', trainingFolder],
    [environmentPython, '-c', `open(${JSON.stringify(marker)}, 'w').close()`],
  ]
  for (const [program, ...parameters] of steps) {
    if ((await run(program, parameters, context)) !== 0) {
      context.terminal.say(notPrepared)
      return undefined
    }
  }
  return environmentPython
}

const notPrepared = `The packages of the training job could not be installed.
Training needs Python 3.11 or later with venv and pip, and the network once.
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
