/** Words, confidence and next questions for what was found, or for why nothing was. */
import { type Catalog, findTable } from '../../data/catalog.js'
import { nearestNames } from '../../data/join-free/nearest-names.js'
import type { AnswerError } from '../answer.js'
import { columnReadings } from '../columns/column-reading.js'
import { unreadSwaps } from '../columns/unread-swaps.js'
import type { GraphDependencies } from '../dependencies.js'
import type { Entities } from '../entities/entities.js'
import { canAnswer } from '../generators/rules/can-answer.js'
import type { Evidence } from '../sql-generator.js'
import { askedQuestions, type State } from '../state.js'
import { composeText } from '../text/compose-text.js'
import { scoreConfidence } from '../text/confidence.js'
import { formatNumber } from '../text/format-value.js'
import { readSqlShape } from '../text/read-sql-shape.js'
import type { SqlShape } from '../text/sql-shape.js'
import { suggestQuestions } from '../text/suggest.js'
import { textsOfSql } from '../text/texts-of-sql.js'
import { type NodeResult, traced } from '../traced.js'

export function composeAnswer({ knowledge }: GraphDependencies) {
  return traced('composeAnswer', 'charting', (state, { emit }) => {
    const composed = compose(state, (catalog, entities) =>
      suggestQuestions(catalog, {
        entities,
        question: state.question,
        canAnswer: (question) => canAnswer(question, catalog, knowledge),
      }),
    )
    const { text, suggestions } = composed.update
    if (typeof text === 'string') emit({ type: 'text_delta', text })
    if (Array.isArray(suggestions)) emit({ type: 'suggestions', suggestions })
    return composed
  })
}

type Suggest = (catalog: Catalog, entities?: Entities) => readonly string[]

function compose(state: State, suggest: Suggest): NodeResult {
  const { failure, reply, result } = state
  if (failure) {
    return {
      update: { failure: withHints(failure, state), suggestions: startingPoints(state, suggest) },
      summary: failure.message,
    }
  }
  if (reply) {
    return {
      update: { text: reply.text, suggestions: startingPoints(state, suggest) },
      summary: reply.reason,
    }
  }
  return result
    ? composeData(state, result, suggest)
    : { update: {}, summary: 'There is no answer.' }
}

function composeData(
  state: State,
  result: NonNullable<State['result']>,
  suggest: Suggest,
): NodeResult {
  const { catalog, entities, generation, sql } = state
  const question = state.rewrittenQuestion ?? state.question
  const shape = sql === undefined ? undefined : readSqlShape(sql)
  const confidence = scoreConfidence([...(generation?.evidence ?? []), ...resultEvidence(state)])
  const warnings = [
    ...warningsOf(state, question, shape),
    ...unreadSwaps(sql, state.options.swaps ?? [], catalog),
  ]
  const { text, cells } = composeText({ question, shape, ...result })
  return {
    update: {
      text,
      textCells: cells,
      columnReadings: catalog && sql !== undefined ? columnReadings(sql, catalog, entities) : [],
      confidence,
      suggestions: catalog ? suggest(catalog, entities) : [],
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(entities && state.intent !== 'catalog'
        ? { memory: { question, asked: askedQuestions(state), entities } }
        : {}),
    },
    summary: `Confidence ${confidence.score.toFixed(2)}.`,
  }
}

/** What to know of the dates, and of texts that a model wrote: nobody else is persuaded by what it reads. */
function warningsOf(
  { generation, entities, asOfRemark = '', catalog }: State,
  question: string,
  shape: SqlShape | undefined,
): readonly string[] {
  const generator = generation?.generator
  const isRelative = /\b(last|this|past|previous|current|today|yesterday|to date|ytd)\b/i
  const counted =
    generator !== 'approved' && isRelative.test(question) && (entities?.periods.length ?? 0) > 0
  const spoken = shape && generation?.samples !== undefined ? textsOfSql(shape) : []
  return [
    ...(catalog?.described ? [sayDescribed(catalog.described)] : []),
    ...(counted ? [`Dates count from ${entities?.asOf}${asOfRemark}.`] : []),
    ...spoken.map((name) => `The text in ${name} stands in the SQL, not in the data.`),
  ]
}

/** Another answer may be better when all values are known. */
function sayDescribed({ done, total }: NonNullable<Catalog['described']>): string {
  const [known, all] = [done, total].map((count) => formatNumber(count))
  return `The data is still being described: values are known of ${known} of ${all} tables, of the others names and types.`
}

/** What running the SQL showed. */
function resultEvidence({ result, attempts }: State): readonly Evidence[] {
  const failed = attempts.filter((attempt) => attempt.failure).length
  return [
    {
      name: 'binds',
      value: 1 / (1 + failed),
      note:
        failed === 0
          ? 'The first SQL ran.'
          : `${failed} earlier ${failed === 1 ? 'try' : 'tries'} failed.`,
    },
    {
      name: 'has rows',
      value: result && result.rowCount > 0 ? 1 : 0.4,
      note: result && result.rowCount > 0 ? 'The result has rows.' : 'The result is empty.',
    },
  ]
}

/** The nearest names in the catalog for words it does not know. */
function withHints(failure: AnswerError, { catalog, entities }: State): AnswerError {
  if (!catalog || failure.hints.length > 0) return failure
  const names = catalog.tables.flatMap((table) => [
    table.name,
    ...table.columns.map((column) => `${table.name}.${column.name}`),
  ])
  const near = (entities?.unknownWords ?? []).flatMap((word) => nearestNames(word, names, 2))
  const tables = `This data has ${catalog.tables
    .slice(0, 12)
    .map((table) => table.name)
    .join(', ')}.`
  return {
    ...failure,
    hints: near.length > 0 ? [`Near names: ${[...new Set(near)].join(', ')}.`, tables] : [tables],
  }
}

/** Questions that will work, about what was named if anything was. */
function startingPoints({ catalog, entities }: State, suggest: Suggest): readonly string[] {
  if (!catalog) return []
  const known = entities?.base !== undefined && findTable(catalog, entities.base) !== undefined
  return suggest(catalog, known ? entities : undefined)
}
