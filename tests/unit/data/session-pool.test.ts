/** Connections at rest that the server has ended meanwhile. */
import { expect, it } from 'vitest'
import { createSessionPool, type SessionDriver } from '../../../data/servers/session-pool.js'

const gone = new Error('gone')
const signal = new AbortController().signal
const limits = { timeoutMs: 1_000, maxBytes: 1_000, signal }

/** `lost` connections have gone before the first one that lives. */
function poolOf(lost: number, size: number) {
  const ended: number[] = []
  let opened = 0
  const driver: SessionDriver<number, number, object> = {
    connect: async () => ++opened,
    release: (client, isBroken) => void (isBroken && ended.push(client)),
    received: () => 0,
    begin: async (client) => {
      if (client <= lost) throw gone
      return client
    },
    sessionOn: (client) => client,
    cancel: async () => {},
    rollBack: async (client) => {
      if (client <= lost) throw gone
    },
    isLost: (error) => error === gone,
    close: async () => {},
  }
  return { pool: createSessionPool(driver, size), ended }
}

it('are given up one after the other, and the work begins on one that lives', async () => {
  const { pool, ended } = poolOf(3, 3)
  expect(await pool.use(limits, async (client) => client)).toEqual({ stopped: false, result: 4 })
  expect(ended).toEqual([1, 2, 3])
})

it('are the failure where no other lives', async () => {
  const { pool, ended } = poolOf(9, 3)
  await expect(pool.use(limits, async (client) => client)).rejects.toBe(gone)
  expect(ended).toEqual([1, 2, 3, 4])
})

it('are none where the work itself lost its connection: it does not begin again', async () => {
  const { pool } = poolOf(0, 3)
  const works: number[] = []
  const lose = async (client: number) => {
    works.push(client)
    throw gone
  }
  await expect(pool.use(limits, lose)).rejects.toBe(gone)
  expect(works).toEqual([1])
})
