/** Questions cut into words that know their number, their quotes and their place. */
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../../../agents/entities/words/tokens.js'

const words = (question: string) => tokenize(question).map(({ lower }) => lower)
const numbers = (question: string) => tokenize(question).map((token) => token.number)

describe('numbers', () => {
  it.each([
    ['seven', 7],
    ['fifty', 50],
    ['2.5k', 2_500],
    ['3 million', 3_000_000],
    ['3m', 3_000_000],
    ['1.5bn', 1_500_000_000],
    ['1,500.25', 1_500.25],
    ['2,000', 2_000],
    ['20%', 20],
    ['20 %', 20],
    ['20 percent', 20],
  ])('"%s" is %d', (question, number) => {
    expect(numbers(question)).toEqual([number])
  })

  it('leave a unit that begins like a scale alone', () => {
    expect(words('5 minutes and 10 km')).toEqual(['5', 'minutes', 'and', '10', 'km'])
    expect(numbers('5 minutes')[0]).toBe(5)
  })

  it('are not read out of quotes', () => {
    expect(numbers('the album "1989"')).toEqual([undefined, undefined, undefined])
  })

  it('are needed before a percent sign that belongs to them', () => {
    expect(words('% of sales')).toEqual(['%', 'of', 'sales'])
  })
})

describe('words', () => {
  it.each([
    ["Ewa's grades", ['ewa', 'grades']],
    ['Ewa’s grades', ['ewa', 'grades']],
    ["the students' grades", ['the', 'students', 'grades']],
    ['café in Łódź', ['café', 'in', 'łódź']],
    ['sales.amount >= 5', ['sales.amount', '>=', '5']],
    ['E-mails of Ada', ['emails', 'of', 'ada']],
    ['wich store is teh best', ['which', 'store', 'is', 'the', 'best']],
    ['more then 5', ['more', 'than', '5']],
    ['cheaper then 5', ['cheaper', 'than', '5']],
    ['and then 5', ['and', 'then', '5']],
    ['', []],
    ['🎉 ?!', []],
  ])('of "%s"', (question, expected) => {
    expect(words(question)).toEqual(expected)
  })

  it.each(['"Drop Table"', "'Drop Table'", '“Drop Table”'])('in quotes are one: %s', (quoted) => {
    expect(tokenize(`${quoted} albums`)[0]).toMatchObject({ text: 'Drop Table', quoted: true })
  })

  it('may be what a program calls something else', () => {
    expect(words('which constructor and valueOf')).toEqual([
      'which',
      'constructor',
      'and',
      'valueof',
    ])
  })

  it('inside quotes keep their slips', () => {
    expect(words('the song "teh"')).toEqual(['the', 'song', 'teh'])
  })
})

it('keeps every word at its place in the question, possessives or not', () => {
  const question = "Show Ewa's 20 % of “Drop Table”"
  const kept = tokenize(question).map(({ start, end }) => question.slice(start, end))
  expect(kept).toEqual(['Show', 'Ewa', '20', 'of', '“Drop Table”'])
})
