/** Runs the tests of the model that is trained from nothing, which are written in Python. */
import { describe, expect, it } from 'vitest'
import { pytestComplaints } from '../support/python-complaints.js'
import { missingTrainingPython } from '../support/training-python.js'

const timeout = 600_000

describe.skipIf(missingTrainingPython)('pre-training', () => {
  it('cuts words, learns, stops, goes on, writes and exports', { timeout }, async () => {
    expect(await pytestComplaints('../../tests/pretraining')).toBe('')
  })
})
