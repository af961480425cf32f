/** LangGraph's checkpoints in the PostgreSQL database that replicas share. */
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import type pg from 'pg'
import { lockNumber } from '../../data/store/postgres/lock-number.js'
import type { SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { sharedSchema } from '../../data/store/postgres/shared-migrations.js'
import { sharedStoreErrorOf } from '../../data/store/postgres/shared-store-error.js'
import { CheckpointStore } from '../checkpoint-store.js'

/** Rejects with `StoreError`. Closing it closes nothing: others use the connections. */
export async function openSharedCheckpoints({ pool }: SharedStore): Promise<CheckpointStore> {
  const saver = new PostgresSaver(pool, undefined, { schema: sharedSchema })
  await makeTables(pool, saver).catch((error: unknown) => {
    throw sharedStoreErrorOf(error) ?? error
  })
  return new CheckpointStore({
    saver,
    keepLastStep: (thread) => keepLastStep(pool, thread),
    failureOf: sharedStoreErrorOf,
    close: async () => {},
  })
}

/** Two replicas that start at once get in each other's way without it. */
async function makeTables(pool: pg.Pool, saver: PostgresSaver): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber('checkpoints')])
    await saver.setup()
  } finally {
    const unlocking = client.query('SELECT pg_advisory_unlock($1)', [lockNumber('checkpoints')])
    client.release(
      await unlocking.then(
        () => false,
        () => true,
      ),
    )
  }
}

async function keepLastStep(pool: pg.Pool, thread: string): Promise<void> {
  try {
    await pool.query(keepSql, [thread])
  } catch (error) {
    throw sharedStoreErrorOf(error) ?? error
  }
}

/** Values lie apart from the steps that they belong to, and stay where the newest still names them. */
const keepSql = `
  WITH newest AS (
    SELECT checkpoint_ns, checkpoint_id, checkpoint FROM checkpoints
    WHERE thread_id = $1 ORDER BY checkpoint_id DESC LIMIT 1
  ), steps AS (
    DELETE FROM checkpoints c USING newest n
    WHERE c.thread_id = $1 AND c.checkpoint_id < n.checkpoint_id
  ), writes AS (
    DELETE FROM checkpoint_writes w USING newest n
    WHERE w.thread_id = $1 AND w.checkpoint_id < n.checkpoint_id
  )
  DELETE FROM checkpoint_blobs b USING newest n
  WHERE b.thread_id = $1 AND b.checkpoint_ns = n.checkpoint_ns
    AND n.checkpoint -> 'channel_versions' ->> b.channel IS DISTINCT FROM b.version`
