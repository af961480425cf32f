/** Runs the training job's own tests, which are written in Python, and the checks of its style. */
import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  missingTrainingPython,
  trainingFolder,
  trainingPython,
} from '../support/training-python.js'

const folders = ['.', '../../tests/training']
const timeoutMs = 600_000

/** What was said where it failed, and nothing where all is well. */
function complaints(name: string, parameters: readonly string[]) {
  const options = {
    cwd: trainingFolder,
    // The model is tiny: threads would only wait for each other.
    env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    timeout: timeoutMs,
  }
  return new Promise<string>((resolve) => {
    execFile(trainingPython(), ['-m', name, ...parameters], options, (error, stdout, stderr) =>
      resolve(error === null ? '' : `${error.message}\n${stdout}${stderr}`),
    )
  })
}

describe.skipIf(missingTrainingPython)('the training job', () => {
  it('trains, stops, goes on, exports and refuses what is broken', {
    timeout: timeoutMs,
  }, async () => {
    const tests = ['-c', 'pyproject.toml', '-p', 'no:cacheprovider', '-x', '../../tests/training']
    expect(await complaints('pytest', tests)).toBe('')
  })

  it.each([['check'], ['format', '--check']])(
    'is written as its configuration asks: ruff %s',
    async (...mode) => {
      const parameters = [...mode, '--no-cache', '--config', 'pyproject.toml', ...folders]
      expect(await complaints('ruff', parameters)).toBe('')
    },
  )
})
