/** One line of the audit log: who asked what, which SQL it became, and how that ended. */
import { type SqlToken, tokensIfReadable } from '../../data/join-free/sql-tokens.js'
import { escapeCharacters } from '../escape-characters.js'
import type { ApiKey } from '../key-store.js'
import { localUser } from '../user-names.js'
import type { ServedRequest } from './metrics.js'
import { type AskedBy, attemptsOf, outcomeOf, type WatchedQuestion } from './observer.js'

/** `full` tells questions and SQL as they are, `redacted` no question and SQL without the values in it. */
export type AuditDetail = 'full' | 'redacted'

export type AuditFields = Readonly<Record<string, unknown>>

/** In characters: nobody fills the log with a few requests of 64 kB. */
const longestText = 4_000

function shortened(text: string): string {
  const more = text.length - longestText
  return more > 0 ? `${text.slice(0, longestText)}… (${more} more characters)` : text
}

/** Of rows, only how many there were. */
export function questionLine(watched: WatchedQuestion, detail: AuditDetail): AuditFields {
  const { answer, question, dataset, startedAt, endedAt } = watched
  const told = detail === 'full'
  const sqlOf = (sql: string) => shortened(told ? sql : withoutValues(sql))
  const final = answer?.sql
  const failed = attemptsOf(answer).filter(({ failure }) => failure)
  return {
    time: new Date(endedAt).toISOString(),
    event: 'question',
    ...whoOf(watched.askedBy),
    dataset,
    id: answer?.id,
    conversationId: answer?.conversationId,
    ...(told && { question: shortened(question), rewritten: answer?.rewrittenQuestion }),
    intent: answer?.intent,
    outcome: outcomeOf(watched),
    generator: answer?.ok ? answer.generator : undefined,
    sql: final === undefined ? undefined : sqlOf(final),
    ...(failed.length > 0 && {
      failedSql: failed.map(({ sql, failure }) => ({ sql: sqlOf(sql), code: failure?.code })),
    }),
    ...(answer?.ok && answer.kind === 'data' && rowsOf(answer)),
    ms: endedAt - startedAt,
  }
}

function rowsOf({
  rowCount,
  truncated,
}: {
  readonly rowCount: number
  readonly truncated: boolean
}) {
  return { rows: rowCount, truncated }
}

/** A request that was refused at the door, or that may have changed what is kept. */
export function requestLine(
  { method, route, status, code, subject }: ServedRequest,
  askedBy: AskedBy,
  address: string | undefined,
): AuditFields {
  return {
    time: new Date().toISOString(),
    event: code === undefined ? 'request' : 'refused',
    ...whoOf(askedBy),
    address,
    method,
    route,
    status,
    code,
    subject,
  }
}

/** What a command changed, and which account of this machine ran it, as far as the system tells. */
export function commandLine(event: string, keys: readonly ApiKey[]): AuditFields {
  return {
    time: new Date().toISOString(),
    event,
    user: localUser,
    uid: process.getuid?.(),
    keys: keys.map(({ id, name, scope, revokedAt }) => ({ id, name, scope, revokedAt })),
  }
}

function whoOf(askedBy: AskedBy | undefined): AuditFields {
  const { requestId, keyId, name } = askedBy ?? { name: localUser }
  return { requestId, keyId, user: name }
}

/** Names, functions and shape stay; texts become '?', numbers 0. What cannot be read is left out whole. */
export function withoutValues(sql: string): string {
  const tokens = tokensIfReadable(sql)
  return tokens ? tokens.map(plainToken).join(' ') : '(unreadable)'
}

function plainToken(token: SqlToken): string {
  if (token.kind === 'name') return token.quoted ? `"${token.name}"` : token.name
  if (token.kind === 'string') return "'?'"
  return token.kind === 'number' ? '0' : token.text
}

/** Characters that could end the line, or that a terminal or an editor would act upon or hide, beyond those that JSON escapes. */
const unseen =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu
/** A key that somebody pasted into a question. */
const apiKey = /parley_([0-9a-f]{12})_[A-Za-z0-9_-]{20,}/g

export function toJsonLine(fields: AuditFields): string {
  const text = JSON.stringify(fields).replaceAll(apiKey, 'parley_$1_…')
  return `${escapeCharacters(text, unseen)}\n`
}
