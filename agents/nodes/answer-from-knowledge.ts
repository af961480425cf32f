/** Answers what needs no SQL to be written: SQL that was typed or approved, small talk, questions about the database itself. */
import type { ApprovedPair } from '../../data/store/app-store.js'
import type { GraphDependencies } from '../dependencies.js'
import { isGivenSql } from '../intent/intent-rules.js'
import type { State } from '../state.js'
import { answerFromCatalog } from '../text/answer-from-catalog.js'
import { smallTalk } from '../text/small-talk.js'
import { type NodeResult, traced } from '../traced.js'

/** Words that count from a day, where SQL that was approved on another day may have its dates fixed. */
const relativeDates = /\b(last|this|past|previous|current|today|yesterday|to date|ytd)\b|\bago\b/i

export function answerFromKnowledge(dependencies: GraphDependencies) {
  return traced('answerFromKnowledge', 'planning', async (state, { signal, emit }) => {
    const { question, failure } = state
    if (failure) return { update: {}, summary: failure.message }
    if (isGivenSql(state)) return useGivenSql(question)
    const pair = await approvedPair(dependencies, state)
    if (!pair) return answer(state, dependencies)
    // The data may have changed since: SQL that does not fit any more is not used.
    const { database, limits } = dependencies
    const misfit = await database.explain(pair.sql, signal, limits?.gateMs)
    if (!misfit) return useApprovedSql(pair, state)
    const message = `The SQL approved for this question does not fit the data any more: ${misfit.message}`
    emit({ type: 'warning', message })
    const instead = await answer(state, dependencies)
    return { ...instead, update: { ...instead.update, warnings: [message] } }
  })
}

async function approvedPair({ approved }: GraphDependencies, state: State) {
  const { useApproved, user } = state.options
  if (!useApproved) return undefined
  return approved.find(user, state.rewrittenQuestion ?? state.question)
}

function useApprovedSql(pair: ApprovedPair, { question }: State): NodeResult {
  const { sql, approvedAt, approvedBy } = pair
  const day = approvedAt.slice(0, 10)
  const reason = `This SQL was approved for just this question on ${day}.`
  const warnings =
    relativeDates.test(question) && /\d{4}-\d{2}/.test(sql)
      ? [`The dates in this SQL are those of its approval on ${day}.`]
      : []
  return {
    update: {
      sql,
      approved: pair,
      warnings,
      generation: {
        ok: true,
        sql,
        generator: 'approved',
        candidates: [sql],
        evidence: [{ name: 'approved', value: 1, note: reason }],
        reason,
      },
    },
    summary: reason,
    details: { pair: pair.id, approvedBy },
  }
}

async function answer(state: State, dependencies: GraphDependencies): Promise<NodeResult> {
  const { question, intent } = state
  if (intent === 'unsafe') return refuseUnsafe()
  if (intent === 'chit_chat') {
    const reply = { text: smallTalk(question, dependencies.database.label), reason: 'Small talk.' }
    return { update: { reply }, summary: 'Answered without data.' }
  }
  // The whole one: what is left of a large schema for this question is not what there is.
  const catalog = intent === 'catalog' ? await dependencies.catalog() : undefined
  const text = catalog && answerFromCatalog(question, catalog)
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
