/** Our checkpointer by LangGraph's own suite, and what it does beyond: fewer steps kept, failures as warnings. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { specTest } from '@langchain/langgraph-checkpoint-validation'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StoreError } from '../../data/store/store-error.js'
import { CheckpointStore } from '../../src/checkpoint-store.js'
import { openSqliteCheckpoints } from '../../src/sqlite-checkpoints.js'

let folder: string
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-checkpoints-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const newPath = () => join(folder, `${++files}.sqlite`)

// The suite finds its functions as globals.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it })
specTest({
  // The name by which the suite knows what SqliteSaver, which ours is made of, leaves out: storing only what changed.
  checkpointerName: '@langchain/langgraph-checkpoint-sqlite',
  createCheckpointer: () => openSqliteCheckpoints(newPath()),
  destroyCheckpointer: (checkpointer) => checkpointer.close(),
})

const thread = (thread_id: string, checkpoint_id?: string) => ({
  configurable: { thread_id, checkpoint_ns: '', checkpoint_id },
})
const step = { source: 'loop', step: 1, parents: {} } as const

async function putSteps(store: CheckpointStore, name: string, ids: readonly string[]) {
  for (const [at, id] of ids.entries()) {
    await store.put(thread(name, ids[at - 1]), { ...emptyCheckpoint(), id }, step, {})
    await store.putWrites(thread(name, id), [['question', `of ${id}`]], `task-${id}`)
  }
}

it('keeps the last step of a conversation, with what waits there, and the other conversations', async () => {
  const path = newPath()
  const store = openSqliteCheckpoints(path)
  await putSteps(store, 'one', ['a1', 'a2', 'a3'])
  await putSteps(store, 'other', ['a1', 'a2'])
  await store.keepLastStep('one')
  await store.close()
  const file = new Database(path)
  const rows = (table: string) =>
    file.prepare(`SELECT thread_id, checkpoint_id FROM ${table} ORDER BY 1, 2`).raw().all()
  const kept = [
    ['one', 'a3'],
    ['other', 'a1'],
    ['other', 'a2'],
  ]
  expect([rows('checkpoints'), rows('writes')]).toEqual([kept, kept])
  file.close()
  const again = openSqliteCheckpoints(path)
  const tuple = await again.getTuple(thread('one'))
  expect(tuple?.pendingWrites).toEqual([['task-a3', 'question', 'of a3']])
  await again.close()
})

it('remembers once what it could not keep, and goes on', async () => {
  const full = new StoreError('store_unwritable', 'The disk is full.')
  let isFull = true
  class FullDisk extends MemorySaver {
    override async putWrites(...given: Parameters<MemorySaver['putWrites']>) {
      if (isFull) throw full
      return super.putWrites(...given)
    }
  }
  const store = new CheckpointStore({
    saver: new FullDisk(),
    keepLastStep: async () => {},
    failureOf: (error) => (error === full ? full : undefined),
    close: async () => {},
  })
  await putSteps(store, 'one', ['a1'])
  expect(store.takeFailure('one')?.code).toBe('store_unwritable')
  expect(store.takeFailure('one')).toBeUndefined()
  expect(store.takeFailure('other')).toBeUndefined()
  isFull = false
  await putSteps(store, 'one', ['a2'])
  expect(store.takeFailure('one')).toBeUndefined()
})
