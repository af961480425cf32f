/** The line in front of the model: one at a time, the keys in turn, bounded, and left at once. */
import { describe, expect, it } from 'vitest'
import { createModelQueue, type Entering, type QueueEntry } from '../../../src/model-queue.js'

/** Notes who got in, in order; each leaves when it is told to. */
function line(limits = { queued: 16, waitMs: 10_000 }) {
  const queue = createModelQueue(limits)
  const order: string[] = []
  const leaving: (() => void)[] = []
  const enter = async (name: string, entering: Entering = {}): Promise<QueueEntry> => {
    const entry = await queue.enter(entering)
    if (entry.ok) {
      order.push(name)
      leaving.push(entry.leave)
    }
    return entry
  }
  const next = async () => {
    leaving.shift()?.()
    await settled()
  }
  return { queue, order, enter, next }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('the queue in front of the model', () => {
  it('lets one in at a time, first come first served', async () => {
    const { order, enter, next } = line()
    for (const name of ['a', 'b', 'c']) void enter(name)
    await settled()
    expect(order).toEqual(['a'])
    await next()
    expect(order).toEqual(['a', 'b'])
    await next()
    expect(order).toEqual(['a', 'b', 'c'])
  })

  it('serves the keys in turn, however many questions one of them has', async () => {
    const { order, enter, next } = line()
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) {
      void enter(name, { user: name.slice(0, 1) })
    }
    await settled()
    for (let turn = 0; turn < 7; turn += 1) await next()
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  })

  it('tells each its place, and tells it again when it moves up', async () => {
    const { enter, next } = line()
    const places: Record<string, number[]> = { a2: [], a3: [], b1: [] }
    void enter('a1', { user: 'a' })
    for (const [name, told] of Object.entries(places)) {
      void enter(name, { user: name.slice(0, 1), onPlace: (place) => told.push(place) })
    }
    await settled()
    await next()
    await next()
    await next()
    expect(places).toEqual({ a2: [1], a3: [2, 3, 2, 1], b1: [2, 1] })
  })

  it('refuses the one too many, and says when to come again', async () => {
    const { queue, enter } = line({ queued: 4, waitMs: 10_000 })
    for (const name of ['a', 'b', 'c', 'd', 'e']) void enter(name)
    await settled()
    expect(queue.isFull()).toBe(true)
    const refused = await enter('f')
    expect(refused).toMatchObject({ ok: false, reason: 'full' })
    if (!refused.ok) expect(refused.retryAfterSeconds).toBeGreaterThan(0)
  })

  it('gives one key half of the places', async () => {
    const { enter } = line({ queued: 4, waitMs: 10_000 })
    for (let count = 0; count < 3; count += 1) void enter('a', { user: 'a' })
    await settled()
    expect(await enter('a', { user: 'a' })).toMatchObject({ ok: false, reason: 'own_full' })
    void enter('b', { user: 'b' })
    void enter('b', { user: 'b' })
    await settled()
    expect(await enter('c', { user: 'c' })).toMatchObject({ ok: false, reason: 'full' })
  })

  it('drops what is cancelled at once, and what waited too long', async () => {
    const { queue, order, enter, next } = line({ queued: 4, waitMs: 60 })
    void enter('a')
    const cancelling = new AbortController()
    const cancelled = enter('b', { signal: cancelling.signal })
    const waited = enter('c')
    cancelling.abort()
    expect(await cancelled).toMatchObject({ ok: false, reason: 'cancelled' })
    expect(queue.waiting()).toBe(1)
    expect(await waited).toMatchObject({ ok: false, reason: 'waited' })
    await next()
    expect(order).toEqual(['a'])
    expect(await enter('d', { signal: AbortSignal.abort() })).toMatchObject({ reason: 'cancelled' })
    expect(await enter('e')).toMatchObject({ ok: true })
  })

  it('counts a leave once, so that two never get in', async () => {
    const { queue } = line()
    const first = await queue.enter({})
    if (first.ok) {
      first.leave()
      first.leave()
    }
    expect(await queue.enter({})).toMatchObject({ ok: true })
    let isIn = false
    void queue.enter({}).then(() => {
      isIn = true
    })
    await settled()
    expect(isIn).toBe(false)
  })
})
