/** Tokens of a question, from the events that tell its progress. */
import { expect, it } from 'vitest'
import { countTokens } from '../../../src/count-tokens.js'

it('adds up the tries of a question, each of which counts from 1', () => {
  const tokens = countTokens()
  const tell = (done: number, read?: number) =>
    tokens.see({
      type: 'state',
      state: 'generating',
      message: 'Writing SQL',
      progress: { done, unit: 'tokens', read },
    })
  expect([tokens.read(), tokens.written()]).toEqual([0, 0])
  tell(1, 0)
  tell(12, 0)
  tell(12, 300)
  tell(20, 600)
  expect([tokens.read(), tokens.written()]).toEqual([600, 20])
  tell(1)
  tell(7, 310)
  tokens.see({
    type: 'state',
    state: 'executing',
    message: 'Running',
    progress: { done: 90, unit: 'rows' },
  })
  expect([tokens.read(), tokens.written()]).toEqual([910, 27])
})
