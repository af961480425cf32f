/** Our checkpointer by LangGraph's own suite, and what it does beyond: fewer steps kept, failures as warnings. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import { specTest } from '@langchain/langgraph-checkpoint-validation'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckpointStore } from '../../src/checkpoint-store.js'
import { openConversationStore } from '../../src/conversation-store.js'
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

it('waits while a turn is being kept in the same file, however the two fall together', async () => {
  const conversations = openConversationStore(newPath())
  const { store, checkpointer } = conversations
  const scope = { owner: '', dataset: 'shop' }
  for (let ticks = 0; ticks < 30; ticks += 1) {
    const answer = { ok: true, text: 'yes' } as const
    const turn = { id: `t${ticks}`, conversationId: 'one', question: 'How many?', answer }
    const keeping = store.addTurn(scope, turn)
    for (let tick = 0; tick < ticks; tick += 1) await undefined
    await putSteps(checkpointer, 'one', [`a${ticks}`])
    await keeping
    expect(checkpointer.takeFailure('one')).toBeUndefined()
  }
  await conversations.close()
})

/** As a failing disk would, where every statement looks first. What it gives mends the file. */
function damage(path: string): () => void {
  const file = new Database(path)
  const [version, root] = file
    .prepare(
      "SELECT schema_version, rootpage FROM pragma_schema_version, sqlite_schema WHERE name = 'checkpoints'",
    )
    .raw()
    .get() as [number, number]
  const setRoot = (page: number, next: number) =>
    file.exec(`PRAGMA writable_schema = ON; PRAGMA schema_version = ${next};
      UPDATE sqlite_schema SET rootpage = ${page} WHERE name = 'checkpoints'`)
  setRoot(999_999, version + 1)
  return () => {
    setRoot(root, version + 2)
    file.close()
  }
}

it('remembers once what it could not keep, and goes on', async () => {
  const path = newPath()
  const store = openSqliteCheckpoints(path)
  await putSteps(store, 'one', ['a1'])
  expect(store.takeFailure('one')).toBeUndefined()
  const mend = damage(path)
  const next = { ...emptyCheckpoint(), id: 'a2' }
  const failing = [
    () => store.put(thread('one', 'a1'), next, step, {}),
    () => store.putWrites(thread('one', 'a2'), [['question', 'of a2']], 'task-a2'),
    () => store.getTuple(thread('one')),
  ]
  for (const work of failing) {
    await work()
    expect(store.takeFailure('one')?.code).toBe('store_damaged')
    expect(store.takeFailure('one')).toBeUndefined()
    expect(store.takeFailure('other')).toBeUndefined()
  }
  mend()
  await putSteps(store, 'one', ['a3'])
  expect((await store.getTuple(thread('one')))?.checkpoint.id).toBe('a3')
  expect(store.takeFailure('one')).toBeUndefined()
  await store.close()
})
