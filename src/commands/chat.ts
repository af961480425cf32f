/** `parley chat`: questions one after the other, at a terminal or from a pipe. */
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type Chat, createChat } from '../chat/chat.js'
import { completeLine } from '../chat/complete-line.js'
import { type LineHistory, openLineHistory } from '../chat/line-history.js'
import { createScreen, type Screen } from '../chat/screen.js'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import type { Orchestrator } from '../orchestrator.js'
import type { CommandContext } from './command-context.js'

export interface ChatCommandOptions {
  readonly source?: string
  readonly json?: boolean
}

export interface ChatStreams {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly isTTY?: boolean }
}

/** Ctrl-C ends a question; the end of the input, or `\quit`, ends the chat. */
export async function chat(
  { source, json = false }: ChatCommandOptions,
  context: CommandContext,
  { input, output }: ChatStreams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const { config, terminal, signal } = context
  const orchestrator = await createOrchestrator({
    ...config,
    source: source ?? config.source,
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  })
  terminal.settle()
  const isTyped = input.isTTY === true && output.isTTY === true && !json
  const screen = createScreen(output, isTyped && !config.noColor)
  const onAnswer = json ? (answer: object) => terminal.print(JSON.stringify(answer)) : undefined
  const talk = createChat({ orchestrator, screen, onAnswer })
  try {
    if (isTyped) await talk.greet()
    const history = isTyped ? openLineHistory(config.home) : undefined
    const lines = openLines({ input, output }, orchestrator, history)
    await converse(lines, talk, { screen, history, signal, isTyped })
  } finally {
    await orchestrator.close()
  }
  return exitCodes.answered
}

function openLines(
  { input, output }: ChatStreams,
  orchestrator: Orchestrator,
  history: LineHistory | undefined,
): Interface {
  if (!history) return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  return createInterface({
    input,
    output,
    terminal: true,
    prompt: 'parley> ',
    history: [...history.lines],
    removeHistoryDuplicates: true,
    completer: (line: string, offer: (error: null, result: [string[], string]) => void) => {
      completeLine(orchestrator, line).then(
        (result) => offer(null, result),
        () => offer(null, [[], line]),
      )
    },
  })
}

interface Conversing {
  readonly screen: Screen
  readonly history: LineHistory | undefined
  readonly signal: AbortSignal
  readonly isTyped: boolean
}

async function converse(lines: Interface, talk: Chat, conversing: Conversing): Promise<void> {
  const { screen, history, signal, isTyped } = conversing
  let question: AbortController | undefined
  const prompt = () => isTyped && lines.prompt()
  const leave = () => {
    question?.abort()
    lines.close()
  }
  signal.addEventListener('abort', leave, { once: true })
  lines.on('SIGINT', () => {
    if (question) question.abort()
    else giveUpLine(lines, screen)
  })
  prompt()
  for await (const line of lines) {
    if (line.trim() !== '') history?.add(line)
    question = new AbortController()
    const goesOn = await talk.take(line, question.signal)
    question = undefined
    if (!goesOn || signal.aborted) break
    prompt()
  }
  signal.removeEventListener('abort', leave)
  lines.close()
  if (isTyped) screen.write('')
}

/** As shells do. */
function giveUpLine(lines: Interface, screen: Screen): void {
  const wasEmpty = lines.line === ''
  lines.write(null, { ctrl: true, name: 'e' })
  lines.write(null, { ctrl: true, name: 'u' })
  screen.write(wasEmpty ? '\nCtrl-D or \\quit ends the chat.' : '', 'faint')
  lines.prompt()
}
