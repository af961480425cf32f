/** What may be typed besides questions, each with a backslash before it. */
import type { AnsweredQuestion } from '../../agents/answer.js'
import type { ChatState } from './chat.js'
import { showChart, showTable } from './show-answer.js'

interface ChatCommand {
  readonly name: string
  /** What may follow the name. */
  readonly takes?: string
  readonly help: string
  readonly run: (state: ChatState, given: string) => Promise<void> | void
}

export const chatCommands: readonly ChatCommand[] = [
  { name: 'help', help: 'this list', run: showHelp },
  {
    name: 'sql',
    help: 'the SQL of the last answer',
    run: (state) => {
      const { last, screen } = state
      if (last?.sql === undefined) screen.write('There is no SQL yet.', 'wrong')
      else screen.write(last.sql)
    },
  },
  {
    name: 'explain',
    help: 'what that SQL does, and how sure the answer is',
    run: (state) =>
      withAnswer(state, ({ explanation, confidence, generator, provenance }) => {
        for (const step of explanation) state.screen.write(`- ${step}`)
        for (const { note } of confidence?.signals ?? []) state.screen.write(`- ${note}`)
        if (provenance) state.screen.write(`By ${generator}: ${provenance.reason}`, 'faint')
      }),
  },
  {
    name: 'table',
    help: 'up to 200 rows of the last answer',
    run: (state) => withAnswer(state, (answer) => showTable(state.screen, answer)),
  },
  {
    name: 'chart',
    help: 'its chart again',
    run: (state) =>
      withAnswer(state, (answer) => {
        const isDrawn = showChart(state.screen, answer)
        if (!isDrawn) state.screen.write('There is no chart of it for a terminal.', 'wrong')
      }),
  },
  { name: 'tables', help: 'what can be asked about', run: showTables },
  {
    name: 'new',
    help: 'begins a new conversation',
    run: (state) => {
      state.conversationId = undefined
      state.last = undefined
      state.choices = []
      state.screen.write('A new conversation.', 'faint')
    },
  },
  {
    name: 'generator',
    takes: '[name]',
    help: 'what writes the SQL from now on, or what could',
    run: chooseGenerator,
  },
  { name: 'quit', help: 'ends the chat, as Ctrl-D does', run: () => {} },
]

function showHelp({ screen }: ChatState): void {
  for (const { name, takes = '', help } of chatCommands) {
    screen.write(`${`\\${name} ${takes}`.padEnd(20)} ${help}`)
  }
  screen.write('SQL may be typed as it is. Ctrl-C stops a question.', 'faint')
}

async function showTables({ orchestrator, screen }: ChatState): Promise<void> {
  const { tables } = await orchestrator.catalog()
  for (const { name, rowCount, columns } of tables) {
    const names = columns.map((column) => column.name).join(', ')
    screen.write(`${name}, ${rowCount.toLocaleString('en')} rows: ${names}`)
  }
}

function chooseGenerator(state: ChatState, given: string): void {
  const { orchestrator, screen } = state
  const generators = orchestrator.generators()
  const found = generators.find(({ name }) => name === given)
  if (found) {
    state.generator = found.name
    screen.write(found.note, 'faint')
    return
  }
  if (given !== '') screen.write('There is no generator of that name.', 'wrong')
  for (const { name, note } of generators) screen.write(`${name.padEnd(10)} ${note}`)
}

function withAnswer({ last, screen }: ChatState, show: (answer: AnsweredQuestion) => void): void {
  if (last?.ok) show(last)
  else screen.write('There is no answer yet.', 'wrong')
}
