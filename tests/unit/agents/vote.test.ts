import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../../agents/generators/local/candidate.js'
import { isDecided, vote } from '../../../agents/generators/local/vote.js'
import type { Value } from '../../../data/catalog.js'

type Rows = readonly (readonly Value[])[]

function candidate(joinFree: string, rows: Rows | undefined, meanLogProbability = -1): Candidate {
  const columns = (rows?.[0] ?? []).map(() => ({ name: 'c', type: 'TEXT', kind: 'text' }) as const)
  const facts = { columns, rowCount: rows?.length ?? 0, truncated: false, elapsedMs: 1 }
  const outcome = rows
    ? ({ ok: true, result: { ...facts, rows } } as const)
    : ({ ok: false, failure: { code: 'sql_failed', message: '', hints: [] } } as const)
  return {
    joinFree,
    meanLogProbability,
    reading: { ok: true, sql: joinFree, tables: [], repeatedSums: [], outcome },
  }
}

/** One whose sum may count rows twice. */
function doubtful(joinFree: string, rows: Rows): Candidate {
  const { reading, ...rest } = candidate(joinFree, rows)
  if (!reading.ok) throw new Error(reading.message)
  return { ...rest, reading: { ...reading, repeatedSums: ['sales.total'] } }
}

const winnerOf = (...candidates: Candidate[]) => vote(candidates)?.winner.joinFree

describe('the vote', () => {
  it('goes by equal results, whatever the order of the rows and the last digits of sums', () => {
    const candidates = [
      candidate('a', [[1]]),
      candidate('b', [
        ['x', 0.1 + 0.2],
        ['y', 2],
      ]),
      candidate('c', [
        ['y', 2],
        ['x', 0.3],
      ]),
    ]
    expect(vote(candidates)).toMatchObject({ winner: { joinFree: 'b' }, votes: 2 })
  })

  it('tells apart rows by their columns, types and number', () => {
    const rows: Rows[] = [[['1']], [[1]], [[1], [1]], [[1, 1]]]
    const all = rows.map((each, index) => candidate(String(index), each))
    expect(vote([...all, candidate('4', [[1, 1]])])).toMatchObject({ votes: 2 })
  })

  it('leaves out what failed, and what found nothing while others found something', () => {
    const empty = [candidate('a', []), candidate('b', []), candidate('c', [[null, 0]])]
    expect(winnerOf(...empty, candidate('d', undefined), candidate('e', [[7]]))).toBe('e')
    expect(winnerOf(...empty)).toBe('a')
    expect(vote([candidate('d', undefined)])).toBeUndefined()
  })

  it('goes by equal SQL where no candidate found anything', () => {
    const candidates = [
      candidate('a', [], -0.1),
      candidate('b', [], -2),
      candidate('b', [], -3),
      candidate('c', [[0]], -1),
    ]
    expect(vote(candidates)).toMatchObject({ winner: { joinFree: 'b' }, votes: 2 })
  })

  it('gives none to a number compared with a text, unless such rows are found', () => {
    const odd = (rows: Rows) => ({ ...candidate('odd', rows), comparesOtherKind: true })
    expect(winnerOf(odd([]), odd([]), candidate('b', [], -3))).toBe('b')
    expect(winnerOf(odd([['n/a']]), odd([['n/a']]), candidate('b', [[1]]))).toBe('odd')
  })

  it('breaks ties by likelihood, then by shortness', () => {
    expect(winnerOf(candidate('a', [[1]], -2), candidate('b', [[2]], -1))).toBe('b')
    expect(winnerOf(candidate('long', [[1]]), candidate('b', [[2]]))).toBe('b')
  })

  it('gives none to what cannot be meant', () => {
    const idle = "select shops.city where shops.city = 'Ystad'"
    const other = "select shops.size where shops.city = 'Ystad'"
    const found = [candidate(idle, [['Ystad']]), candidate(idle, [['Ystad']])]
    expect(winnerOf(...found, candidate(other, [[7]], -2))).toBe(other)
    expect(winnerOf(...found)).toBe(idle)
  })

  it('prefers what leaves nothing out that was asked', () => {
    const lacking = { ...candidate('a', [[9]]), leavesOut: true }
    const found = Array.from({ length: 8 }, () => lacking)
    expect(winnerOf(...found, candidate('whole', [[4]], -3))).toBe('whole')
    expect(isDecided(found, 1)).toBe(false)
    expect(winnerOf(...found)).toBe('a')
  })

  it('halves the votes for sums that may count rows twice', () => {
    const twice = [doubtful('a', [[9]]), doubtful('b', [[9]]), doubtful('c', [[9]])]
    expect(winnerOf(...twice, candidate('once', [[4]]))).toBe('a')
    expect(winnerOf(...twice, candidate('once', [[4]]), candidate('also', [[4]]))).toBe('once')
    expect(isDecided([...twice, candidate('once', [[4]])], 1)).toBe(false)
  })

  it('is decided once the runner-up cannot catch up', () => {
    const leading = [candidate('a', [[1]]), candidate('a', [[1]]), candidate('b', [[2]])]
    expect(isDecided(leading, 1)).toBe(false)
    expect(isDecided([...leading, candidate('a', [[1]])], 1)).toBe(true)
    expect(isDecided(leading, 0)).toBe(true)
  })

  it('is not decided by candidates that found nothing', () => {
    expect(isDecided([candidate('a', []), candidate('a', [])], 1)).toBe(false)
  })
})
