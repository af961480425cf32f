/** Who has which model while the one in place is changed. */
import { describe, expect, it } from 'vitest'
import type { LoadedModel } from '../../../src/adapters/load-model.js'
import { createModelSlot } from '../../../src/model-slot.js'
import { closedGate } from '../../support/gate.js'
import { scriptedModel } from '../../support/scripted-model.js'

const base = { name: 'base', sha256: 'b' }

function loaded(name: string, closed: string[], adapter?: string): LoadedModel {
  const close = async () => void closed.push(name)
  const model = { ...scriptedModel(() => ''), name, close }
  return { ok: true, model, base, adapter, reason: 'best', files: [name] }
}

describe('the place of the local model', () => {
  it('is empty at first, and says why it stays so', () => {
    const slot = createModelSlot()
    expect([slot.state(), slot.current(), slot.isTrusted()]).toEqual(['loading', undefined, false])
    slot.put({ ok: false, code: 'weights_missing', message: 'No weights.', hints: ['Fetch them.'] })
    expect([slot.state(), slot.note()]).toEqual(['missing', 'No weights. Fetch them.'])
  })

  it('keeps what it has when another cannot be loaded', () => {
    const slot = createModelSlot()
    slot.put(loaded('old', []))
    slot.put({ ok: false, code: 'adapter_corrupt', message: 'Damaged.', hints: [] })
    expect([slot.state(), slot.note()]).toEqual(['ok', 'old is loaded.'])
  })

  it('gives a question the same model to its end, and closes it then', async () => {
    const closed: string[] = []
    const slot = createModelSlot()
    slot.put(loaded('old', closed, 'some-adapter'))
    const gate = closedGate()
    const question = slot.hold(async () => {
      const first = slot.current()?.name
      await gate.passed
      return [first, slot.current()?.name, slot.isTrusted(), slot.files()]
    })
    slot.put(loaded('new', closed))
    const next = await slot.hold(async () => [slot.current()?.name, slot.isTrusted()])
    expect([next, closed, slot.current()?.name]).toEqual([['new', false], [], 'new'])
    gate.open()
    expect(await question).toEqual(['old', 'old', true, ['old']])
    expect(closed).toEqual(['old'])
  })

  it('gives a question that began without a model the first one that comes', async () => {
    const closed: string[] = []
    const slot = createModelSlot()
    const question = await slot.hold(async () => {
      const names = [slot.current()?.name]
      slot.put(loaded('first', closed))
      names.push(slot.current()?.name)
      slot.put(loaded('second', closed))
      return [...names, slot.current()?.name]
    })
    expect([question, closed]).toEqual([[undefined, 'first', 'first'], ['first']])
  })

  it('closes all that is open, and nothing twice when a question ends after that', async () => {
    const closed: string[] = []
    const slot = createModelSlot()
    slot.put(loaded('old', closed))
    const gate = closedGate()
    const question = slot.hold(async () => {
      slot.current()
      await gate.passed
    })
    slot.put(loaded('new', closed))
    await slot.close()
    expect([slot.current(), closed]).toEqual([undefined, ['new', 'old']])
    gate.open()
    await question
    expect(closed).toEqual(['new', 'old'])
  })

  it('trusts weights that the user named, whatever their adapter', () => {
    const slot = createModelSlot(true)
    slot.put(loaded('own', []))
    expect(slot.isTrusted()).toBe(true)
  })
})
