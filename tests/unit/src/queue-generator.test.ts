/** A generator behind the queue: whatever happens to one question, the model is free for the next. */
import { expect, it } from 'vitest'
import type { Generation, GenerationRequest, SqlGenerator } from '../../../agents/sql-generator.js'
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
  const queued = queueGenerator(generator, queue, { title: 'local model', modelMs: 1_000 })
  const onPlace = () => {
    throw new Error('The stream is closed.')
  }
  await expect(queued.generate({ onPlace } as unknown as GenerationRequest)).rejects.toThrow()
  expect((await queue.enter({})).ok).toBe(true)
})

it('names the model that did not finish in its time', async () => {
  const stopped: Generation = {
    ok: false,
    generator: 'scratch',
    code: 'cancelled',
    message: 'It was stopped.',
    hints: [],
  }
  const stopping: SqlGenerator = {
    name: 'scratch',
    close: async () => {},
    status: () => ({ name: 'scratch', ready: true, note: '' }),
    generate: ({ signal }) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(stopped))),
  }
  const queue = createModelQueue({ queued: 1, waitMs: 1_000 })
  const queued = queueGenerator(stopping, queue, { title: 'model from scratch', modelMs: 20 })
  expect(await queued.generate({} as unknown as GenerationRequest)).toMatchObject({
    code: 'deadline',
    message: 'The model from scratch did not finish within 0.02 s.',
  })
})
