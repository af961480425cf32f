/** A generator behind the queue: whatever happens to one question, the model is free for the next. */
import { expect, it } from 'vitest'
import type { GenerationRequest, SqlGenerator } from '../../../agents/sql-generator.js'
import { createModelQueue } from '../../../src/model-queue.js'
import { queueGenerator } from '../../../src/queue-generator.js'

it('frees the model when a listener of the question fails', async () => {
  const generator: SqlGenerator = {
    name: 'local',
    close: async () => {},
    status: () => ({ name: 'local', ready: true, note: '' }),
    generate: async () => ({
      ok: false,
      generator: 'local',
      code: 'not_understood',
      message: '',
      hints: [],
    }),
  }
  const queue = createModelQueue({ queued: 1, waitMs: 1_000 })
  const queued = queueGenerator(generator, queue, 1_000)
  const onPlace = () => {
    throw new Error('The stream is closed.')
  }
  await expect(queued.generate({ onPlace } as unknown as GenerationRequest)).rejects.toThrow()
  expect((await queue.enter({})).ok).toBe(true)
})
