/** Tells observers of every question that goes through an orchestrator, however it ends. */
import type { Answer } from '../../agents/answer.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { countTokens } from '../count-tokens.js'
import type { Orchestrator } from '../orchestrator.js'
import type { AskedBy, Observer, TimedStep } from './observer.js'

export interface Watching {
  readonly observers: readonly Observer[]
  readonly dataset: string
  /** Who sent the request that is being served. */
  readonly askedBy: () => AskedBy | undefined
}

/** The same orchestrator, watched; closing it closes no observer, since several datasets share them. */
export function watchOrchestrator(inner: Orchestrator, watching: Watching): Orchestrator {
  return {
    ...inner,
    process: async (question, options = {}) => {
      const watch = beginWatch(watching, question)
      const onEvent = (event: AnswerEvent) => {
        watch.see(event)
        options.onEvent?.(event)
      }
      try {
        return await inner.process(question, { ...options, onEvent })
      } finally {
        watch.end()
      }
    },
    stream: async function* (question, options = {}) {
      const watch = beginWatch(watching, question)
      try {
        for await (const event of inner.stream(question, options)) {
          watch.see(event)
          yield event
        }
      } finally {
        watch.end()
      }
    },
  }
}

function beginWatch({ observers, dataset, askedBy }: Watching, question: string) {
  const startedAt = Date.now()
  const who = askedBy()
  const steps: TimedStep[] = []
  const tokens = countTokens()
  let answer: Answer | undefined
  const see = (event: AnswerEvent) => {
    if (event.type === 'message_stop') answer = event.answer
    if (event.type === 'state' && event.step) {
      steps.push({ step: event.step, endedAt: Date.now() })
    }
    tokens.see(event)
  }
  for (const observer of observers) observer.asked?.()
  return {
    see,
    end: () => {
      const watched = {
        question,
        dataset,
        askedBy: who,
        startedAt,
        endedAt: Date.now(),
        steps,
        tokens: tokens.written(),
        answer,
      }
      for (const observer of observers) observer.answered(watched)
    },
  }
}
