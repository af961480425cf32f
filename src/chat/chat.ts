/** A conversation at a terminal: takes lines, which are questions, commands or numbers of choices. */
import type { Answer, Choice, GeneratorName } from '../../agents/answer.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import type { Orchestrator } from '../orchestrator.js'
import { chatCommands } from './chat-commands.js'
import type { Screen } from './screen.js'
import { choicesAfter, questionsToChoose, showAnswer, showChoices } from './show-answer.js'

export interface ChatOptions {
  readonly orchestrator: Orchestrator
  readonly screen: Screen
  /** Takes each answer instead of the screen. */
  readonly onAnswer?: (answer: Answer) => void
}

/** What commands work on. */
export interface ChatState {
  readonly orchestrator: Orchestrator
  readonly screen: Screen
  last?: Answer
  conversationId?: string
  generator?: GeneratorName
  /** What a number stands for just now. */
  choices: readonly Choice[]
}

export interface Chat {
  /** Says what may be asked. */
  greet(): Promise<void>
  /** False when the chat is over. A question ends with the signal, the chat does not. */
  take(line: string, signal: AbortSignal): Promise<boolean>
}

/** Questions shown at the start. */
const greetings = 3

export function createChat({ orchestrator, screen, onAnswer }: ChatOptions): Chat {
  const state: ChatState = { orchestrator, screen, choices: [] }
  const ask = async (question: string, signal: AbortSignal) => {
    const answer = await orchestrator.process(question, {
      conversationId: state.conversationId,
      generator: state.generator,
      signal,
      onEvent: (event) => showProgress(screen, event),
    })
    screen.settle()
    state.last = answer
    state.conversationId = answer.conversationId
    state.choices = choicesAfter(answer)
    if (onAnswer) onAnswer(answer)
    else showAnswer(screen, answer)
  }
  return {
    greet: async () => {
      const questions = await orchestrator.suggestions()
      state.choices = questionsToChoose(questions.slice(0, greetings))
      screen.write('Ask in plain words; \\help lists what else there is.', 'faint')
      showChoices(screen, state.choices)
    },
    take: async (line, signal) => {
      const text = line.trim()
      if (text === '') return true
      if (!text.startsWith('\\')) {
        await ask(chosen(text, state.choices), signal)
        return true
      }
      const [name = '', ...words] = text.slice(1).split(/\s+/)
      if (name === 'quit' || name === 'q') return false
      const command = chatCommands.find((known) => known.name === name)
      if (command) await command.run(state, words.join(' '))
      else screen.write(`There is no \\${name}; \\help lists what there is.`, 'wrong')
      return true
    },
  }
}

/** A number that is offered stands for its choice; any other is a question. */
function chosen(text: string, choices: readonly Choice[]): string {
  const choice = /^\d{1,3}$/.test(text) ? choices[Number(text) - 1] : undefined
  return choice?.value ?? text
}

function showProgress(screen: Screen, event: AnswerEvent): void {
  if (event.type !== 'state') return
  const { message, queue, progress } = event
  const counted = progress ? `, ${progress.done} ${progress.unit}` : ''
  screen.status(queue ? `Waiting, place ${queue.place} …` : `${message}${counted} …`)
}
