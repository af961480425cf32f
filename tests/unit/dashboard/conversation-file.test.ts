/** Conversations and answers as files to hand on. */
import { describe, expect, it } from 'vitest'
import type { Turn as KeptTurn } from '../../../data/store/app-store.js'
import { newTurn } from '../../../src/dashboard/chat/turn-state.js'
import { answerAsMarkdown } from '../../../src/dashboard/keep/answer-as-markdown.js'
import {
  conversationAsJson,
  conversationAsMarkdown,
  fileName,
} from '../../../src/dashboard/keep/conversation-file.js'

const conversation = {
  id: 'c1',
  title: '<img src=x> [a](b)',
  turns: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}
const turn: KeptTurn = {
  id: 'a1',
  conversationId: 'c1',
  question: 'How *many*\n# stores?',
  answer: { ok: true, text: '6 stores.', sql: "SELECT '```'" },
  askedAt: '2026-01-01T00:00:00Z',
}

describe('a conversation as Markdown', () => {
  it('says everything, and none of it as markup', () => {
    const { name, text } = conversationAsMarkdown(conversation, [turn])
    expect(name).toBe('img-src-x-a-b.md')
    expect(text).toBe(
      [
        '# \\<img src=x\\> \\[a\\](b)',
        '## How \\*many\\* \\# stores?',
        '6 stores.',
        "````sql\nSELECT '```'\n````\n",
      ].join('\n\n'),
    )
  })
})

describe('a conversation as JSON', () => {
  it('has questions, texts and SQL, as they were', () => {
    const { turns } = JSON.parse(conversationAsJson(conversation, [turn]).text)
    expect(turns).toEqual([
      {
        question: turn.question,
        askedAt: turn.askedAt,
        ok: true,
        text: '6 stores.',
        sql: "SELECT '```'",
      },
    ])
  })
})

describe('an answer as Markdown', () => {
  it('keeps each cell in its column', () => {
    const text = answerAsMarkdown({
      ...newTurn('Names'),
      text: 'Two.',
      data: {
        columns: [
          { name: 'a|b', type: 'VARCHAR', kind: 'text' },
          { name: 'n', type: 'BIGINT', kind: 'number' },
        ],
        rows: [
          ['x | y\nz', 1],
          [null, -2.5],
        ],
        rowCount: 2,
        truncated: true,
      },
    })
    const table = '| a\\|b | n |\n| --- | --: |\n| x \\| y z | 1 |\n|  | -2.5 |'
    expect(text).toBe(`## Names\n\nTwo.\n\n${table}\n\n…\n`)
  })
})

describe('the name of a file', () => {
  it('is never a path, nor empty', () => {
    expect(fileName('../../etc/Größe 1', 'md')).toBe('etc-größe-1.md')
    expect(fileName('…/', 'csv')).toBe('parley.csv')
  })
})
