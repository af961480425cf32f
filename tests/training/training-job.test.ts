/** Runs the training job's own tests, which are written in Python, and the checks of its style and of pre-training's. */
import { describe, expect, it } from 'vitest'
import { pytestComplaints, pythonComplaints } from '../support/python-complaints.js'
import { missingTrainingPython } from '../support/training-python.js'

const folders = ['.', '../pretraining', '../../tests/training', '../../tests/pretraining']
const timeout = 600_000

describe.skipIf(missingTrainingPython)('the training job', () => {
  it('trains, stops, goes on, exports and refuses what is broken', { timeout }, async () => {
    expect(await pytestComplaints('../../tests/training')).toBe('')
  })

  it.each([['check'], ['format', '--check']])(
    'is written as its configuration asks: ruff %s',
    async (...mode) => {
      const parameters = [...mode, '--no-cache', '--config', 'pyproject.toml', ...folders]
      expect(await pythonComplaints('ruff', parameters)).toBe('')
    },
  )
})
