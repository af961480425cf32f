/** Which header a column of WikiSQL's tables gets back, told from what its questions say. */
import { describe, expect, it } from 'vitest'
import { mendHeaders } from '../../../data/training/wikisql/headers/mend-headers.js'
import type { WrittenQuestion, WrittenTable } from '../../../data/training/wikisql/wiki-lines.js'

type Asked = readonly [text: string, column: number, compared: number, value: string]

function table(
  headers: Readonly<Record<number, string>>,
  ...asked: readonly Asked[]
): WrittenTable {
  const questions = asked.map(([text, column, compared, value], at): WrittenQuestion => {
    return { id: `q-${at}`, text, column, conditions: [{ column: compared, operator: '=', value }] }
  })
  const numbered = Object.entries(headers).map(([at, header]) => [Number(at), header] as const)
  return { id: '9-1', headers: new Map(numbered), questions }
}

function mended(one: WrittenTable, ...others: readonly WrittenTable[]) {
  return Object.fromEntries(mendHeaders([one, ...others])[0] ?? [])
}

describe('headers of a table', () => {
  it('stay where its questions name them', () => {
    const headers = { 0: 'PORT', 2: 'HARBOUR_MASTER' }
    const ports = table(headers, ['Who is the harbour master of the port Ystad?', 2, 0, 'Ystad'])
    expect(mended(ports)).toEqual(headers)
  })

  it('change places where its questions name them the other way round', () => {
    const ports = table({ 0: 'HARBOUR_MASTER', 2: 'PORT' }, [
      'Who is the harbour master of the port Ystad?',
      2,
      0,
      'Ystad',
    ])
    expect(mended(ports)).toEqual({ 0: 'PORT', 2: 'HARBOUR_MASTER' })
  })

  it('follow what their values look like where no question says them', () => {
    const years = Array.from({ length: 12 }, (_, at) =>
      table({ 0: 'LAUNCHED', 1: 'CREW' }, [
        `Which crew was it in ${1900 + at}?`,
        1,
        0,
        `${1900 + at}`,
      ]),
    )
    const people = Array.from({ length: 12 }, (_, at) =>
      table({ 0: 'LAUNCHED', 1: 'SKIPPER' }, [`Which ship had Lind ${at}?`, 0, 1, `lind ${at}`]),
    )
    const swapped = table(
      { 0: 'BERTH', 1: 'SKIPPER', 2: 'LAUNCHED' },
      ['Which berth did they take in 1905?', 0, 1, '1905'],
      ['Which berth did lind 4 take?', 0, 2, 'lind 4'],
    )
    expect(mended(swapped, ...years, ...people)).toEqual({
      0: 'BERTH',
      1: 'LAUNCHED',
      2: 'SKIPPER',
    })
  })

  it('are not had twice: the column keeps it that its questions speak of', () => {
    const ports = table(
      { 0: 'PORT', 1: 'PORT' },
      ['Which port has the buoy 17?', 0, 1, '17'],
      ['Which port has the buoy 4?', 0, 1, '4'],
    )
    expect(mended(ports)).toEqual({ 0: 'PORT' })
  })

  it('come from other tables where a question names them and the set has none', () => {
    const others = [1, 2, 3].map((at) =>
      table({ 0: 'BUOY', 1: 'BEACON' }, [`Which beacon is at the buoy ${at}?`, 1, 0, `${at}`]),
    )
    const ports = table(
      { 0: 'PORT' },
      ['Which port has the buoy 17?', 0, 1, '17'],
      ['Which port has the buoy 4?', 0, 1, '4'],
    )
    expect(mended(ports, ...others)).toEqual({ 0: 'PORT', 1: 'BUOY' })
  })
})
