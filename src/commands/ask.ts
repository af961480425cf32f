/** `parley ask`: one question, one answer, an exit code that scripts can trust. */
import { existsSync } from 'node:fs'
import type { Answer, AnsweredQuestion } from '../../agents/answer.js'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import type { CommandContext } from './command-context.js'
import { generatorChoice, parseGenerator } from './parse-generator.js'
import { textTable } from './text-table.js'

export interface AskOptions {
  readonly words: readonly string[]
  /** Given apart from the words, which are then nothing but the question. */
  readonly source?: string
  readonly generator?: string
  readonly rag: boolean
  readonly json?: boolean
}

/** Rows printed; `--json` has them all. */
const maxPrintedRows = 20

export async function ask(options: AskOptions, context: CommandContext): Promise<number> {
  const { terminal, config, signal } = context
  const asked = readWords(options)
  const generator = parseGenerator(options.generator)
  if (!asked || generator === 'unknown') {
    terminal.say(
      `Use: parley ask [source] "question" [--demo NAME] [--generator ${generatorChoice}]`,
    )
    return exitCodes.usage
  }
  const needsModel = (generator ?? config.generator) === 'local'
  const orchestrator = await createOrchestrator({
    ...config,
    source: asked.source ?? config.source,
    waitFor: needsModel ? 'model' : 'index',
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  })
  try {
    const answer = await orchestrator.process(asked.question, {
      generator,
      useRag: options.rag,
      signal,
    })
    terminal.settle()
    terminal.print(options.json ? JSON.stringify(answer, null, 2) : readable(answer))
    return answer.ok ? exitCodes.answered : exitCodes.failed
  } finally {
    await orchestrator.close()
  }
}

/** The first word is a source when there are several and it is one. */
function readWords({ words, source }: Pick<AskOptions, 'words' | 'source'>) {
  const [first, ...rest] = words
  if (first === undefined) return undefined
  if (source !== undefined) return { source, question: words.join(' ') }
  const isSource = rest.length > 0 && (existsSync(first) || /^[a-z]+:\/\/|\.\w{2,8}$/i.test(first))
  return isSource ? { source: first, question: rest.join(' ') } : { question: words.join(' ') }
}

function readable(answer: Answer): string {
  if (!answer.ok) {
    const { message, hints } = answer.error
    return [message, ...hints, ...suggestions(answer)].join('\n')
  }
  return [
    answer.text,
    ...choices(answer),
    ...(answer.rows.length > 1
      ? [textTable(answer.columns, answer.rows.slice(0, maxPrintedRows))]
      : []),
    ...(answer.rows.length > maxPrintedRows
      ? [`… ${answer.rows.length - maxPrintedRows} more rows`]
      : []),
    ...answer.warnings,
    ...(answer.sql === undefined ? [] : [`\n${answer.sql}`]),
  ].join('\n')
}

function choices({ clarification }: AnsweredQuestion): readonly string[] {
  return (clarification?.choices ?? []).map(({ label, value }) =>
    // Every call is a conversation of its own: a column's name alone would not be an answer in the next.
    /\s/.test(value)
      ? `- ${label}: ask "${value}"`
      : `- ${label}: ask again, and write "${value}" for it`,
  )
}

function suggestions(answer: Answer): readonly string[] {
  return answer.suggestions.length === 0
    ? []
    : ['Questions that will work:', ...answer.suggestions.map((question) => `- ${question}`)]
}
