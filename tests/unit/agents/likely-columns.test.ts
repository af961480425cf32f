/** Which columns a date, a year or a price in a question is likely of, by what they are called. */
import { describe, expect, it } from 'vitest'
import { likelyColumns } from '../../../agents/generators/pointers/likely-columns.js'
import { pointAtWords } from '../../../agents/generators/pointers/question-pointers.js'
import { column, table } from '../../support/retail-catalog.js'

function found(question: string, ...columns: readonly string[]) {
  const { words } = pointAtWords(question, [])
  const tables = [
    table(
      'launches',
      0,
      columns.map((name) => column(name, 'text')),
    ),
  ]
  return likelyColumns(words, { tables, relationships: [] }).map(({ place, columns }) => [
    words.slice(place[0], place[1] + 1).join(' '),
    ...columns.map((one) => one.column),
  ])
}

describe('a stretch of a question', () => {
  it('is of the date where it is one, however it is written', () => {
    for (const date of ['March 19', 'June 9, 2009', '20/03/2008', '1979-12-09', 'may 1994']) {
      expect(found(`Which ship left on ${date}?`, 'Ship', 'Release date')).toEqual([
        expect.arrayContaining(['Release date']),
      ])
    }
    expect(found('Which ship left on 9th of?', 'Ship', 'Release date')).toEqual([])
  })

  it('is of the year or the season, but not within a date', () => {
    expect(found('Who won in 1998–99?', 'Winner', 'Season')).toEqual([['1998 – 99', 'Season']])
    expect(found('Who won on May 4, 1998?', 'Year', 'Day')).toEqual([['may 4 , 1998', 'Day']])
    expect(found('Who ran 1998 metres in 2011?', 'Year')).toHaveLength(2)
  })

  it('is of the price where it has a currency', () => {
    expect(found('Which lot went for $500,000?', 'Lot', 'Reported price')).toEqual([
      ['$ 500 , 000', 'Reported price'],
    ])
  })

  it('is of none where several could hold it', () => {
    const dates = ['Date of birth', 'Date of death', 'Release date']
    expect(found('Who was it on March 19?', ...dates)).toEqual([])
  })
})
