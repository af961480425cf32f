/** The port from the tools of MCP to the door that they came through: what may be asked, and in whose name. */
import type { Answer } from '../../agents/answer.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import type { DatasetStatus } from '../dataset-status.js'
import type { Orchestrator, ProcessOptions } from '../orchestrator.js'

/** One request of a client. */
export interface McpCall {
  /** Under whose name things are kept; absent for whoever sits at the machine. */
  readonly user?: string
  /** Whose rows are shown, where row policies hold. */
  readonly name?: string
  /** Aborted when the client cancels, or goes away. */
  readonly signal: AbortSignal
}

export interface Question extends Pick<ProcessOptions, 'conversationId' | 'generator' | 'isSql'> {
  readonly text: string
}

/** What a client is told of a failure. */
export interface McpFailure {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
}

export interface McpDoor {
  datasets(): readonly DatasetStatus[]
  /** The usual one without a name. Rejects for a name that is none. */
  open(dataset: string | undefined, call: McpCall): Promise<Orchestrator>
  /** In the places and turns of the door. Rejects when there is no room for one more. */
  answer(
    orchestrator: Orchestrator,
    question: Question,
    call: McpCall,
    onEvent: (event: AnswerEvent) => void,
  ): Promise<Answer>
  /** Other work that runs SQL takes a question's place. */
  inPlace<Result>(call: McpCall, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  /** Of what any of these rejected with; logs what nobody expected. */
  tell(error: unknown): McpFailure
}
