/** Where a question goes next; pure functions of the state. */
import type { State } from './state.js'

/** Tries at writing SQL for one question, the first included. */
export const maxAttempts = 3

export function afterKnowledge(state: State): 'composeAnswer' | 'checkSql' | 'generateSql' {
  if (state.failure || state.reply) return 'composeAnswer'
  return state.sql === undefined ? 'generateSql' : 'checkSql'
}

export function afterGeneration(state: State): 'askBack' | 'checkSql' | 'composeAnswer' {
  if (state.clarification) return 'askBack'
  return state.failure ? 'composeAnswer' : 'checkSql'
}

export function afterCheck(state: State): 'executeSql' | 'generateSql' | 'composeAnswer' {
  return state.verdict === 'accepted' ? 'executeSql' : retryOrGiveUp(state)
}

export function afterExecution(state: State): 'drawChart' | 'generateSql' | 'composeAnswer' {
  return state.failure ? retryOrGiveUp(state) : 'drawChart'
}

/** What ran out of time or was stopped is not run again. */
export function isWorthAnotherTry({ code }: { readonly code: string }): boolean {
  return !['cancelled', 'sql_timeout', 'sql_out_of_memory'].includes(code)
}

/** SQL the user typed is not rewritten. */
function retryOrGiveUp({ failure, generation, attempts }: State): 'generateSql' | 'composeAnswer' {
  const isFinal = failure !== undefined && !isWorthAnotherTry(failure)
  const given = generation?.generator === 'given'
  return given || isFinal || attempts.length >= maxAttempts ? 'composeAnswer' : 'generateSql'
}
