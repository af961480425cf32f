/** One question as a line that a model is tuned on: what it is told, and the SQL it should write. */

export const instructionFormats = ['gemma', 'chat'] as const
export type InstructionFormat = (typeof instructionFormats)[number]

export interface Instruction {
  readonly id: string
  readonly database: string
  /** The schema and the question, as the local model is asked. */
  readonly prompt: string
  readonly sql: string
}

/** What is tuned on is `text` or `messages`; the rest is for splitting and looking up. */
export type InstructionRow = Omit<Instruction, 'prompt'> &
  ({ readonly text: string } | { readonly messages: readonly ChatMessage[] })

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

const task = 'Write one SQL query that answers the question about this database.'

/** Gemma knows no system turn, so the task opens the user's. Its own end marker closes every turn. */
const writers: Readonly<Record<InstructionFormat, (asked: Instruction) => InstructionRow>> = {
  gemma: ({ id, database, prompt, sql }) => ({
    id,
    database,
    sql,
    text: `<start_of_turn>user\n${task}\n${prompt}<end_of_turn>\n<start_of_turn>model\n${sql}<end_of_turn>\n`,
  }),
  chat: ({ id, database, prompt, sql }) => ({
    id,
    database,
    sql,
    messages: [
      { role: 'system', content: task },
      { role: 'user', content: prompt },
      { role: 'assistant', content: sql },
    ],
  }),
}

export function writeInstruction(asked: Instruction, format: InstructionFormat): InstructionRow {
  return writers[format](asked)
}
