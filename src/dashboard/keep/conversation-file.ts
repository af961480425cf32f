/** A conversation as a file to hand on: questions, texts and SQL, no rows. */
import type { Conversation, Turn } from '../../../data/store/app-store.js'

export interface TextFile {
  readonly name: string
  readonly type: string
  readonly text: string
}

/** Builds it from what the service keeps. */
type BuildFile = (conversation: Conversation, turns: readonly Turn[]) => TextFile

export const conversationAsMarkdown: BuildFile = ({ title }, turns) => ({
  name: fileName(title, 'md'),
  type: 'text/markdown',
  text: `${[`# ${markdownText(title)}`, ...turns.map(turnAsMarkdown)].join('\n\n')}\n`,
})

export const conversationAsJson: BuildFile = ({ id, title, createdAt, updatedAt }, turns) => {
  const told = turns.map(({ question, askedAt, answer, feedback }) => {
    const { ok, text, rewrittenQuestion, sql, generator, errorCode } = answer
    return { question, askedAt, ok, rewrittenQuestion, text, sql, generator, errorCode, feedback }
  })
  const content = { id, title, createdAt, updatedAt, turns: told }
  return {
    name: fileName(title, 'json'),
    type: 'application/json',
    text: `${JSON.stringify(content, undefined, 2)}\n`,
  }
}

function turnAsMarkdown({ question, answer }: Turn): string {
  const { rewrittenQuestion, text, sql } = answer
  const parts = [
    `## ${markdownText(question)}`,
    rewrittenQuestion && `> ${markdownText(rewrittenQuestion)}`,
    markdownText(text),
    sql && codeBlock(sql),
  ]
  return parts.filter(Boolean).join('\n\n')
}

/** Nothing of a text is read as markup: neither HTML nor headings, links or emphasis. */
export function markdownText(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_[\]<>#|~&]/g, '\\$&')
}

/** Between more backticks than there are in it. */
export function codeBlock(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sql\n${sql}\n${fence}`
}

const maxNameLength = 80

/** Only letters and digits: no name of a file is a path. */
export function fileName(title: string, extension: string): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const name = [...words.join('-')].slice(0, maxNameLength).join('').toLowerCase()
  return `${name || 'parley'}.${extension}`
}
