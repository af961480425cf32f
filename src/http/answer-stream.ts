/** One answer under way: its events so far, for any number of readers that come, drop out and come back. */
import type { Answer } from '../../agents/answer.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { type FollowableAnswer, failureEvent } from './answer-log.js'

export interface NumberedEvent {
  /** Counts from 1; the `id:` of the event on the wire. */
  readonly number: number
  readonly event: AnswerEvent
}

export interface AnswerStreamOptions {
  /** How long an answer goes on without a reader, in milliseconds, for one to come back. */
  readonly graceMs: number
  /** Called once, as soon as the answer's id is known. */
  readonly onStart: (id: string) => void
  /** With every event that there is since. */
  readonly onEvent?: (event: NumberedEvent) => void
  readonly onEnd: () => void
  /** Called when the source broke off with an error nobody expected. */
  readonly onFailure: (error: unknown) => void
}

export class AnswerStream implements FollowableAnswer {
  private readonly events: AnswerEvent[] = []
  private readonly sleepers = new Set<() => void>()
  private readonly controller = new AbortController()
  private readers = 0
  private ended = false
  private grace: NodeJS.Timeout | undefined
  private readElsewhereAt = Number.NEGATIVE_INFINITY

  constructor(
    source: (signal: AbortSignal) => AsyncIterable<AnswerEvent>,
    private readonly options: AnswerStreamOptions,
  ) {
    void this.drain(source(this.controller.signal))
  }

  /** Yields every event after number `after`, waiting for those to come, until the answer or `signal` ends. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<NumberedEvent> {
    this.readers += 1
    clearTimeout(this.grace)
    try {
      for (let number = after + 1; !signal.aborted; number += 1) {
        while (number > this.events.length && !this.ended && !signal.aborted) {
          await this.nextChange(signal)
        }
        const event = this.events[number - 1]
        if (!event || signal.aborted) return
        yield { number, event }
      }
    } finally {
      this.readers -= 1
      this.waitForReader()
    }
  }

  /** Resolves when nothing more will come; undefined when the source gave no answer. */
  async answer(signal: AbortSignal): Promise<Answer | undefined> {
    for await (const { event } of this.follow(0, signal)) {
      if (event.type === 'message_stop') return event.answer
    }
    return undefined
  }

  /** Readers that follow it now. */
  get followers(): number {
    return this.readers
  }

  get cancelled(): boolean {
    return this.controller.signal.aborted
  }

  /** A reader follows it at another replica: it is not alone for a while. */
  readElsewhere(): void {
    this.readElsewhereAt = performance.now()
  }

  /** Cancels the answer if it is still being made. */
  close(): void {
    clearTimeout(this.grace)
    if (!this.ended) this.controller.abort()
  }

  private async drain(source: AsyncIterable<AnswerEvent>): Promise<void> {
    try {
      for await (const event of source) this.add(event)
    } catch (error) {
      if (!this.cancelled) this.options.onFailure(error)
      this.add(this.cancelled ? cancelledEvent : failedEvent)
    }
    this.ended = true
    this.wake()
    this.options.onEnd()
  }

  private add(event: AnswerEvent): void {
    if (event.type === 'message_start') this.options.onStart(event.id)
    this.events.push(event)
    this.options.onEvent?.({ number: this.events.length, event })
    this.wake()
  }

  private wake(): void {
    for (const sleeper of this.sleepers) sleeper()
    this.sleepers.clear()
  }

  private nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.sleepers.delete(wake)
        resolve()
      }
      signal.addEventListener('abort', wake)
      this.sleepers.add(wake)
    })
  }

  private waitForReader(): void {
    if (this.readers > 0 || this.ended) return
    const { graceMs } = this.options
    this.grace = setTimeout(() => {
      const isRead = performance.now() - this.readElsewhereAt < graceMs
      if (isRead) this.waitForReader()
      else this.close()
    }, graceMs).unref()
  }
}

const failedEvent = failureEvent('Something went wrong inside Parley. The log has the details.')

const cancelledEvent: AnswerEvent = {
  type: 'error',
  error: {
    code: 'cancelled',
    phase: 'understanding',
    message: 'The question was cancelled.',
    hints: [],
  },
}
