/** One signal from several. */
import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { joinSignals } from '../../../data/join-signals.js'

it('is aborted with the reason of the first that is, before or after joining', () => {
  const [early, late] = [new AbortController(), new AbortController()]
  const { signal } = joinSignals([undefined, early.signal, late.signal])
  expect(signal.aborted).toBe(false)
  late.abort('late')
  early.abort('early')
  expect(signal.reason).toBe('late')
  expect(joinSignals([early.signal, undefined]).signal.reason).toBe('early')
})

it('leaves nothing on signals that outlive the work', () => {
  const service = new AbortController()
  const joined = Array.from({ length: 50 }, () => joinSignals([service.signal]))
  expect(getEventListeners(service.signal, 'abort')).toHaveLength(50)
  for (const { release } of joined) release()
  expect(getEventListeners(service.signal, 'abort')).toHaveLength(0)
  service.abort()
  expect(joined.some(({ signal }) => signal.aborted)).toBe(false)
})

it('warns of nothing when many join one signal', async () => {
  const warned = vi.fn()
  process.on('warning', warned)
  const service = new AbortController()
  const joined = Array.from({ length: 50 }, () => joinSignals([service.signal]))
  await setImmediate()
  process.off('warning', warned)
  for (const { release } of joined) release()
  expect(warned).not.toHaveBeenCalled()
})
