/** What models write, and what of it can be used. */
import { describe, expect, it } from 'vitest'
import { readPairs, readVerdict } from '../../../../data/generator/model/read-answer.js'

const good = { question: 'How many ships?', sql: 'select count(*) from ship' }
const text = JSON.stringify({ pairs: [good] })

describe('pairs', () => {
  it.each([
    ['as they were asked for', text],
    ['as a list', JSON.stringify([good])],
    ['alone', JSON.stringify(good)],
    ['between marks of code', `\`\`\`json\n${text}\n\`\`\``],
    ['with words around them', `Here they are: ${text} I hope it helps.`],
    ['with more than was asked for', JSON.stringify({ pairs: [{ ...good, note: 'easy' }] })],
    ['with a semicolon', JSON.stringify({ pairs: [{ ...good, sql: `${good.sql} ;\n` }] })],
  ])('are read %s', (_, answer) => {
    expect(readPairs(answer, false, 'sql')).toEqual({ pairs: [good], problems: [] })
  })

  it.each([
    ['', 'the answer is empty'],
    ['I cannot do that.', 'the answer is no JSON'],
    ['{"pairs": [{"question": "How', 'the answer is no JSON'],
    ['{"pairs": []}', 'the answer has no pairs'],
    ['null', 'the answer has no pairs'],
    ['{"pairs": [{"question": "How many?", "sql": ""}]}', 'a pair has no question or no sql'],
    ['{"pairs": [7]}', 'a pair has no question or no sql'],
    [JSON.stringify({ pairs: [{ ...good, sql: 5 }] }), 'a pair has no question or no sql'],
  ])('are not in %j', (answer, problem) => {
    expect(readPairs(answer, false, 'sql')).toEqual({ pairs: [], problems: [problem] })
  })

  it('that stand whole in half an answer are kept', () => {
    const second = { question: 'Which "old" ships?', sql: `select 'a' from "ship"` }
    const whole = JSON.stringify({ pairs: [good, second, good] })
    expect(readPairs(whole.slice(0, -12), true, 'sql')).toEqual({
      pairs: [good, second],
      problems: ['the answer was cut'],
    })
  })

  it('keep what is good beside what is not', () => {
    const answer = JSON.stringify({ pairs: [{ question: 'Only this?' }, good] })
    expect(readPairs(answer, false, 'sql').pairs).toEqual([good])
  })
})

describe('a verdict', () => {
  it('has a score from 0 to 1, and may have a repair', () => {
    expect(readVerdict('{"score": 9, "remark": "Well.\\n", "repair": " "}')).toEqual({
      score: 0.9,
      remark: 'Well.',
      repair: '',
    })
    expect(readVerdict('{"score": "3", "repair": null}')).toMatchObject({ score: 0.3, repair: '' })
  })

  it.each(['', 'Fine.', '{"score": 11, "remark": "", "repair": ""}', '{"remark": "good"}'])(
    'is not in %j',
    (answer) => {
      expect(readVerdict(answer)).toBeUndefined()
    },
  )
})
