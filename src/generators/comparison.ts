/** Asks a share of the questions of a second generator, and counts how both do: answered or not, time, judgements. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Answer } from '../../agents/answer.js'
import type { UsualGenerator } from '../../agents/generator-name.js'
import { percentile } from '../../data/evaluation/tally.js'
import type { Verdict } from '../../data/store/app-store.js'
import { type ComparedLine, openComparisonFile } from './comparison-file.js'

export interface CompareSettings {
  readonly generator: UsualGenerator
  /** Of conversations that leave the choice to the service, 0 to 1. */
  readonly share: number
}

export type Arm = 'usual' | 'second'

export interface ArmReport {
  readonly arm: Arm
  readonly generator: string
  readonly questions: number
  readonly ok: number
  /** Answered in the end by another generator than this one. */
  readonly fellBack: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly up: number
  readonly down: number
}

export interface ComparisonReport {
  readonly share: number
  readonly arms: readonly ArmReport[]
}

export interface Comparison {
  /** One conversation is asked of one generator throughout. */
  armOf(conversationId: string): Arm
  readonly second: UsualGenerator
  answered(arm: Arm, answer: Answer): void
  judged(answerId: string, verdict: Verdict): void
  report(): ComparisonReport
}

export interface ComparisonInput extends CompareSettings {
  readonly home: string
  /** What is compared with: the usual generator of the service. */
  readonly usual: string
  readonly onFailure: (error: unknown) => void
}

interface Counted {
  readonly arm: Arm
  readonly ok: boolean
  readonly fellBack: boolean
  readonly ms: number
  verdict?: Verdict
}

/** Times are of the last so many questions. */
const timedQuestions = 1_000

/** What was counted under the same setting before is gone on with. */
export function openComparison(input: ComparisonInput): Comparison {
  const { generator, share, usual, home, onFailure } = input
  const setting = `${usual}/${generator}:${share}`
  const counted = new Map<string, Counted>()
  const take = (line: ComparedLine) => {
    if (line.setting !== setting) return
    const before = counted.get(line.id)
    if ('verdict' in line) {
      if (before) before.verdict = line.verdict
    } else counted.set(line.id, { ...line, verdict: before?.verdict })
  }
  const file = openComparisonFile(join(home, 'generators', 'comparison.jsonl'), onFailure)
  for (const line of file.lines) take(line)
  const add = (line: ComparedLine) => {
    take(line)
    file.append(line)
  }
  const nameOf = (arm: Arm) => (arm === 'usual' ? usual : generator)
  return {
    second: generator,
    armOf: (conversationId) => (fractionOf(conversationId) < share ? 'second' : 'usual'),
    answered: (arm, answer) => {
      const { id, ok, timings } = answer
      // Nothing was written for it, or nobody waited for it.
      if (!isCompared(answer)) return
      const wrote = answer.ok ? answer.generator : nameOf(arm)
      const fellBack = arm === 'second' && wrote !== nameOf(arm)
      add({ setting, id, arm, ok, fellBack, ms: Math.round(timings.total ?? 0) })
    },
    judged: (id, verdict) => {
      if (counted.has(id)) add({ setting, id, verdict })
    },
    report: () => {
      const all = [...counted.values()]
      const arms = (['usual', 'second'] as const).map((arm) => ({
        arm,
        generator: nameOf(arm),
        ...tallyOf(all.filter((each) => each.arm === arm)),
      }))
      return { share, arms }
    },
  }
}

function isCompared(answer: Answer): boolean {
  if (!answer.ok) return answer.error.code !== 'cancelled'
  const { kind, generator } = answer
  return kind === 'data' && generator !== 'approved' && generator !== 'given'
}

function tallyOf(all: readonly Counted[]) {
  const times = all.slice(-timedQuestions).map(({ ms }) => ms)
  const count = (is: (one: Counted) => boolean) => all.filter(is).length
  return {
    questions: all.length,
    ok: count(({ ok }) => ok),
    fellBack: count(({ fellBack }) => fellBack),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    up: count(({ verdict }) => verdict === 'up'),
    down: count(({ verdict }) => verdict === 'down'),
  }
}

/** 0 to 1, evenly spread over names. */
function fractionOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32
}
