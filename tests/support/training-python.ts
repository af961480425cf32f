/** A Python that has the packages of the training job and of its tests, which a clean checkout lacks. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'

export const trainingFolder = join(packageRoot, 'models/training')
const prepared = join(trainingFolder, '.venv/bin/python')
const needed =
  'torch transformers peft gguf accelerate safetensors tensorboard matplotlib yaml sqlglot pytest ruff'
const listMissing = `
from importlib.util import find_spec
print(*[name for name in "${needed}".split() if not find_spec(name)])
`

/** Why the training job's tests cannot run here, or undefined. */
export const missingTrainingPython = whatIsMissing()

export function trainingPython(): string {
  return process.env.PARLEY_PYTHON ?? prepared
}

function whatIsMissing(): string | undefined {
  const python = trainingPython()
  const how = 'PARLEY_PYTHON or CONTRIBUTING.md'
  if (process.env.PARLEY_PYTHON === undefined && !existsSync(python)) {
    return `there is no Python with its packages, see ${how}`
  }
  const { status, stdout } = spawnSync(python, ['-c', listMissing], { encoding: 'utf8' })
  if (status !== 0) return `${python} does not run, see ${how}`
  const packages = stdout.trim()
  return packages === '' ? undefined : `${python} lacks ${packages}, see ${how}`
}

if (missingTrainingPython) {
  process.stderr.write(`Tests of the training job are skipped: ${missingTrainingPython}.\n`)
}
