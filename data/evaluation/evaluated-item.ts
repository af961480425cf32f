/** What an evaluation keeps of one question: a line of its log, a row of its report. */
import { basename, extname } from 'node:path'
import { isMysqlUrl } from '../mysql/address.js'
import { isPostgresUrl } from '../postgres/address.js'
import { databaseNameOf } from '../servers/address-words.js'
import type { EvaluatedAnswer } from './evaluated-answer.js'
import type { EvaluationQuestion } from './evaluation-question.js'
import type { Judgement } from './judge-answer.js'
import { type RetrievalRanks, retrievalRanks } from './retrieval-ranks.js'
import { type Hardness, hardnessOf } from './spider-hardness.js'

export interface EvaluatedItem extends Judgement {
  readonly id: string
  /** The database's name: that of its file without its ending. */
  readonly database?: string
  readonly question: string
  readonly intent: string
  readonly expected: 'answer' | 'clarification' | 'refusal'
  readonly predictedSql?: string
  /** The first of the accepted ones. */
  readonly goldSql?: string
  readonly generator?: string
  readonly hardness?: Hardness
  readonly retrieval?: RetrievalRanks
  /** Kinds of chart: the one expected, and the one the product draws of the gold's result. */
  readonly chart?: { readonly expected: string; readonly drawn: string }
  /** Texts that a model wrote for it. */
  readonly samples?: number
  /** How far the product itself trusted the answer, 0 to 1, and what it went by. */
  readonly confidence?: number
  readonly signals?: Readonly<Record<string, number>>
  /** SQL statements sent to the engine for it, and how many of them bound. */
  readonly attempts: number
  readonly bound: number
  readonly elapsedMs: number
}

export interface Evaluated {
  readonly answer: EvaluatedAnswer
  readonly judgement: Judgement
  readonly drawn?: string
  readonly elapsedMs: number
}

export function itemOf(
  question: EvaluationQuestion,
  { answer, judgement, drawn, elapsedMs }: Evaluated,
): EvaluatedItem {
  const [gold] = question.sqls
  const { retrieved, samples, sql, generator, confidence } = answer
  return {
    ...questionParts(question),
    ...judgement,
    predictedSql: sql,
    generator,
    ...(retrieved && gold !== undefined ? { retrieval: retrievalRanks(gold, retrieved) } : {}),
    ...(question.chart && drawn ? { chart: { expected: question.chart, drawn } } : {}),
    ...(samples === undefined ? {} : { samples }),
    ...(confidence === undefined ? {} : confidenceParts(confidence)),
    ...countStatements(answer),
    elapsedMs: Math.round(elapsedMs),
  }
}

/** For a question that could not even be asked. */
export function unjudgedItem(question: EvaluationQuestion, reason: string): EvaluatedItem {
  const counts = { attempts: 0, bound: 0, elapsedMs: 0 }
  return { ...questionParts(question), verdict: 'unjudged', reason, ...counts }
}

function questionParts(question: EvaluationQuestion) {
  const { id, source, intent, expects, sqls } = question
  return {
    id,
    ...(source === undefined ? {} : { database: databaseOf(source) }),
    question: question.question,
    intent,
    expected: expects,
    goldSql: sqls[0],
    ...(sqls[0] === undefined ? {} : { hardness: hardnessOf(sqls[0]) }),
  }
}

function confidenceParts({ score, signals }: NonNullable<EvaluatedAnswer['confidence']>) {
  return {
    confidence: score,
    signals: Object.fromEntries(signals.map(({ name, value }) => [name, value])),
  }
}

/** What the guard refuses never reaches the engine, so it is not counted. */
function countStatements(answer: EvaluatedAnswer) {
  const attempts = answer.provenance?.attempts ?? []
  const sent = attempts.filter(({ failure }) => failure?.code !== 'sql_refused')
  const bound = sent.filter(({ failure }) => failure?.code !== 'sql_invalid')
  return { attempts: sent.length, bound: bound.length }
}

/** The name of a file or of a server's database; an address may hold a password. */
function databaseOf(source: string): string {
  const isServer = isPostgresUrl(source) || isMysqlUrl(source)
  return isServer ? databaseNameOf(source) : basename(source, extname(source))
}
