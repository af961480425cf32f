/** Runs a Python program of the training jobs and gives what was said where it failed, and nothing where all is well. */
import { execFile } from 'node:child_process'
import { trainingFolder, trainingPython } from './training-python.js'

const timeoutMs = 600_000

export function pythonComplaints(module: string, parameters: readonly string[]): Promise<string> {
  const options = {
    cwd: trainingFolder,
    // The models are tiny: threads would only wait for each other.
    env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    timeout: timeoutMs,
  }
  return new Promise((resolve) => {
    execFile(trainingPython(), ['-m', module, ...parameters], options, (error, stdout, stderr) =>
      resolve(error === null ? '' : `${error.message}\n${stdout}${stderr}`),
    )
  })
}

/** All tests of a folder beside `models/training`. */
export function pytestComplaints(folder: string): Promise<string> {
  const tests = ['-c', 'pyproject.toml', '-p', 'no:cacheprovider', '-x', folder]
  return pythonComplaints('pytest', tests)
}
