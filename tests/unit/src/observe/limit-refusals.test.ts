/** Refusals that come by the thousand. */
import { expect, it, vi } from 'vitest'
import type { AuditFields } from '../../../../src/observe/audit-line.js'
import { limitRefusals } from '../../../../src/observe/limit-refusals.js'

it('stand in the audit log up to a number of each kind a minute, and beyond it as their count', () => {
  vi.useFakeTimers()
  const lines: AuditFields[] = []
  const refusals = limitRefusals((line) => void lines.push(line), 2)
  const refuse = (code: string) => refusals.tell(code, { event: 'refused', code })
  for (let count = 0; count < 1_000; count += 1) refuse('unauthorized')
  refuse('forbidden')
  expect(lines.map(({ code }) => code)).toEqual(['unauthorized', 'unauthorized', 'forbidden'])
  vi.advanceTimersByTime(60_000)
  expect(lines.slice(3)).toMatchObject([{ event: 'refused_more', counts: { unauthorized: 998 } }])
  refuse('unauthorized')
  expect(lines).toHaveLength(5)
  vi.useRealTimers()
})

it('that were only counted are told when the log is closed, once', () => {
  const lines: AuditFields[] = []
  const refusals = limitRefusals((line) => void lines.push(line), 0)
  refusals.tell('forbidden', {})
  refusals.close()
  refusals.close()
  expect(lines).toMatchObject([{ event: 'refused_more', counts: { forbidden: 1 } }])
})
