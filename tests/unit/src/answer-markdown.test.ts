import { describe, expect, it } from 'vitest'
import type { AnsweredQuestion, FailedQuestion } from '../../../agents/answer.js'
import { answerMarkdown } from '../../../src/answer-markdown.js'

const base = {
  id: 'a',
  conversationId: 'c',
  question: 'q',
  intent: 'metric',
  suggestions: [],
  warnings: [],
  trace: [],
  timings: {},
} as const

function answer(fields: Partial<AnsweredQuestion>): AnsweredQuestion {
  const nothing = { columns: [], rows: [], rowCount: 0, truncated: false, chartKinds: [] }
  const rest = { ok: true, kind: 'data', text: 'Done.', textCells: [], explanation: [] } as const
  return { ...base, ...rest, ...nothing, ...fields }
}

const name = { name: 'name', type: 'VARCHAR', kind: 'text' } as const

describe('an answer as Markdown', () => {
  it('shows twenty rows and counts the others', () => {
    const rows = Array.from({ length: 30 }, (_, at) => [`n${at}`])
    const markdown = answerMarkdown(answer({ columns: [name], rows, rowCount: 30 }))
    expect(markdown).toContain('| n19 |\n\n… 10 further rows')
    expect(markdown).not.toContain('n20')
  })

  it('keeps cells from being anything but text', () => {
    const rows = [['![x](http://evil.example/?a)'], ['<img src=x>'], ['a | b\nc'], ['`code`']]
    const markdown = answerMarkdown(answer({ columns: [name], rows, rowCount: 4 }))
    expect(markdown.split('\n').slice(-4)).toEqual([
      '| !\\[x\\](http://evil.example/?a) |',
      '| \\<img src=x> |',
      '| a \\| b c |',
      '| \\`code\\` |',
    ])
  })

  it('fences SQL that holds fences itself', () => {
    const sql = "SELECT '```' AS fence"
    expect(answerMarkdown(answer({ sql }))).toBe(`Done.\n\n\`\`\`\`sql\n${sql}\n\`\`\`\``)
  })

  it('says of a failure what would work', () => {
    const error = {
      code: 'not_understood',
      phase: 'generating',
      message: 'Nothing is called "zorp".',
      hints: ['There is zone.'],
    } as const
    const failed: FailedQuestion = { ...base, ok: false, error, suggestions: ['Number of zones'] }
    expect(answerMarkdown(failed)).toBe(
      'Nothing is called "zorp".\n\n- There is zone.\n\nQuestions that will work:\n\n- Number of zones',
    )
  })
})
