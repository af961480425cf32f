/** Turns of a conversation where the lock that replicas share fails. */
import { expect, it } from 'vitest'
import { StoreError } from '../../../data/store/store-error.js'
import { createThreadTurns } from '../../../src/thread-turns.js'

/** Fails with each error once, then locks. */
function lockThatFails(...errors: readonly Error[]) {
  const left = [...errors]
  const lock = async () => {
    const error = left.shift()
    if (error) throw error
    return true
  }
  return { lock, unlock: async () => {} }
}

it('a turn that could not be had for an unexpected error is free for the next question', async () => {
  const turns = createThreadTurns(lockThatFails(new Error('password authentication failed')))
  await expect(turns.take('a thread')).rejects.toThrow('password')
  const end = await turns.take('a thread', AbortSignal.timeout(5_000))
  expect(end).toBeDefined()
  await end?.()
})

it('a turn is had without the shared lock where nothing can be kept', async () => {
  const turns = createThreadTurns(lockThatFails(new StoreError('store_unwritable', 'Gone.')))
  const end = await turns.take('a thread')
  expect(end).toBeDefined()
  const given = new AbortController()
  const waiting = turns.take('a thread', given.signal)
  given.abort()
  expect(await waiting).toBeUndefined()
  await end?.()
  expect(await turns.take('a thread')).toBeDefined()
})
