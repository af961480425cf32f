/** Pauses the graph to ask which of several readings is meant; the next message of the conversation resumes it. */
import { interrupt } from '@langchain/langgraph'
import type { ColumnReference } from '../../data/catalog.js'
import type { Choice } from '../answer.js'
import { freshQuestion, type State, type Update } from '../state.js'
import { traced } from '../traced.js'

export interface Pause {
  readonly pausedFor: 'clarification'
}

/** A choice is taken by its label or value; anything else is a new question. */
export function askBack() {
  const resume = traced('askBack', 'understanding', (state) => {
    const message = interrupt<Pause, string>({ pausedFor: 'clarification' })
    const choice = state.clarification?.choices.find((offered) => isMeant(offered, message))
    return {
      update: choice ? withResolution(state, choice) : freshQuestion(message, state.options),
      summary: choice ? `Meant: ${choice.label}.` : 'A new question instead of a choice.',
    }
  })
  return resume
}

function isMeant(choice: Choice, message: string): boolean {
  const said = message.trim().toLowerCase()
  return [choice.label, choice.value].some((text) => text.toLowerCase() === said)
}

/** A column chosen is remembered for the rest of the conversation; any other choice is a question of its own. */
function withResolution(state: State, choice: Choice): Update {
  const phrase = state.entities?.ambiguities[0]?.phrase.toLowerCase()
  const column = columnOfChoice(state, choice)
  if (phrase === undefined || !column) return freshQuestion(choice.value, state.options)
  return {
    ...freshQuestion(state.question, state.options),
    resolutions: { [phrase]: column },
  }
}

function columnOfChoice(state: State, { value }: Choice): ColumnReference | undefined {
  const options = state.entities?.ambiguities[0]?.options ?? []
  return options.find(({ table, column }) => `${table}.${column}` === value)
}
