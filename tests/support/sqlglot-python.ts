/** A Python that has sqlglot, which a clean checkout lacks. */
import { spawnSync } from 'node:child_process'
import { trainingPython } from './training-python.js'

const { status } = spawnSync(trainingPython(), ['-c', 'import sqlglot'])

/** Undefined where there is none; tests that convert with it are skipped. */
export const sqlglotPython = status === 0 ? trainingPython() : undefined

if (sqlglotPython === undefined) {
  process.stderr.write(
    'Tests of converted SQL are skipped: PARLEY_PYTHON names no Python with sqlglot.\n',
  )
}
