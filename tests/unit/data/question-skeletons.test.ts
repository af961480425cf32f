/** WikiSQL's questions taken apart, and other tables asked in their words. */
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../data/random.js'
import { askInWordsOf, skeletonOf } from '../../../data/training/wikisql/question-skeletons.js'
import type { WikiQuestion, WikiTable } from '../../../data/training/wikisql/wiki-question.js'

function table(names: readonly string[], questions: readonly WikiQuestion[] = []): WikiTable {
  return { id: '9-1', columns: new Map(names.entries()), questions }
}

const berths: WikiQuestion = {
  id: 'one',
  text: 'What is the harbour master of the port Ystad with more than 9 berths?',
  column: 1,
  conditions: [
    { column: 0, operator: '=', value: 'Ystad' },
    { column: 2, operator: '>', value: '9' },
  ],
}
const ports = table(['port', 'harbour_master', 'points'], [berths])
const points = { ...berths, text: berths.text.replace('berths', 'points') }

describe('the skeleton of a question', () => {
  it('asks another table in the same words, with or without the header of a named value', () => {
    const skeleton = skeletonOf(points, ports)
    const clubs = table(['club', 'head_coach', 'wins'])
    const known = new Map([
      ['club', ['Malmo']],
      ['head_coach', ['Lind']],
      ['wins', ['4']],
    ])
    const texts = new Set<string>()
    for (let seed = 1; seed <= 20; seed++) {
      const asked = skeleton && askInWordsOf(skeleton, clubs, known, createRandom(seed))
      if (asked) texts.add(asked.text)
    }
    expect([...texts].sort()).toEqual([
      'What is the club of Lind with more than 4 wins?',
      'What is the club of the head coach Lind with more than 4 wins?',
      'What is the head coach of Malmo with more than 4 wins?',
      'What is the head coach of the club Malmo with more than 4 wins?',
    ])
  })

  it('names columns and values as the SQL has them', () => {
    const skeleton = skeletonOf(points, ports)
    const asked = skeleton && askInWordsOf(skeleton, ports, new Map(), createRandom(1))
    expect(asked).toBeUndefined()
    const known = new Map([['port', ['Ystad']]])
    const seeds = Array.from({ length: 20 }, (_, index) => index + 1)
    const other = seeds
      .map((seed) => skeleton && askInWordsOf(skeleton, ports, known, createRandom(seed)))
      .find((each) => each !== undefined)
    expect(other?.column).toBe(1)
    expect(other?.conditions.map(({ column, operator }) => [column, operator])).toEqual([
      [0, '='],
      [2, '>'],
    ])
    expect(other?.text).toContain(`more than ${other?.conditions[1]?.value} points`)
  })

  it('is not taken where a header is not spelled, or the question asks for a kind of thing', () => {
    expect(skeletonOf({ ...points, text: points.text.replace('port ', '') }, ports)).toBeUndefined()
    expect(
      skeletonOf({ ...points, text: points.text.replace('What', 'Who') }, ports),
    ).toBeUndefined()
  })
})
