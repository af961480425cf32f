/** Cards on their board. */
import { describe, expect, it } from 'vitest'
import { layOut, moveCard, readingOrder } from '../../../src/dashboard/keep/board/card-grid.js'

const half = { width: 6, height: 4 }

describe('cards on a board', () => {
  it('lie two in a row until somebody places them', () => {
    const layouts = layOut([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    expect([...layouts]).toEqual([
      ['a', { ...half, x: 0, y: 0 }],
      ['b', { ...half, x: 6, y: 0 }],
      ['c', { ...half, x: 0, y: 4 }],
    ])
  })

  it('are small where they hold a number', () => {
    const layouts = layOut([{ id: 'a', chartKind: 'number' }, { id: 'b' }])
    expect(layouts.get('a')).toEqual({ x: 0, y: 0, width: 4, height: 2 })
    expect(layouts.get('b')).toEqual({ ...half, x: 4, y: 0 })
  })

  it('never overlap, whatever places they were given', () => {
    const layouts = layOut([
      { id: 'a', layout: { x: 4, y: 2, width: 30, height: 1 } },
      { id: 'b', layout: { x: 0, y: 2, width: 6, height: 4 } },
      { id: 'c' },
    ])
    expect(layouts.get('a')).toEqual({ x: 0, y: 2, width: 12, height: 2 })
    expect(layouts.get('b')).toEqual({ x: 0, y: 4, width: 6, height: 4 })
    expect(layouts.get('c')).toEqual({ x: 6, y: 4, width: 6, height: 4 })
  })

  it('make room for the one that is moved, and leave no gaps', () => {
    const before = layOut([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    const after = moveCard(before, 'c', { ...half, x: 0, y: 0 })
    expect(readingOrder(after)).toEqual(['c', 'b', 'a'])
    expect(after.get('a')).toEqual({ ...half, x: 0, y: 4 })
    const wide = moveCard(before, 'a', { x: 0, y: 0, width: 12, height: 2 })
    expect(wide.get('b')).toEqual({ ...half, x: 6, y: 2 })
    expect(wide.get('c')).toEqual({ ...half, x: 0, y: 2 })
  })
})
