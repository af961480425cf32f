/** Answers what needs no SQL to be written: SQL the user typed, small talk, questions about the database itself. */
import type { GraphDependencies } from '../dependencies.js'
import { isSql } from '../intent/intent-rules.js'
import type { State } from '../state.js'
import { answerFromCatalog } from '../text/answer-from-catalog.js'
import { smallTalk } from '../text/small-talk.js'
import { type NodeResult, traced } from '../traced.js'

export function answerFromKnowledge({ database }: GraphDependencies) {
  return traced('answerFromKnowledge', 'planning', (state) => answer(state, database.label))
}

function answer(state: State, label: string): NodeResult {
  const { question, intent, catalog } = state
  if (isSql(question)) return useGivenSql(question)
  if (intent === 'unsafe') return refuseUnsafe()
  if (intent === 'chit_chat') {
    const reply = { text: smallTalk(question, label), reason: 'Small talk.' }
    return { update: { reply }, summary: 'Answered without data.' }
  }
  const text = intent === 'catalog' && catalog ? answerFromCatalog(question, catalog) : undefined
  if (text === undefined) return { update: {}, summary: 'SQL has to be written.' }
  return {
    update: { reply: { text, reason: 'Answered from the catalog, without a query.' } },
    summary: 'Answered from the catalog.',
  }
}

function useGivenSql(question: string): NodeResult {
  const sql = question.trim().replace(/;\s*$/, '')
  return {
    update: {
      sql,
      generation: {
        ok: true,
        sql,
        generator: 'given',
        candidates: [sql],
        evidence: [{ name: 'given', value: 1, note: 'You wrote the SQL yourself.' }],
        reason: 'The question was SQL already.',
      },
    },
    summary: 'The SQL of the question is used as it is.',
  }
}

function refuseUnsafe(): NodeResult {
  return {
    update: {
      failure: {
        code: 'unsafe_request',
        phase: 'understanding',
        message:
          'Parley only reads data: it does not change or delete it, and it takes no instructions about itself.',
        hints: ['Ask what you would like to know about the data.'],
      },
    },
    summary: 'Refused: the request is not a question about the data.',
  }
}
