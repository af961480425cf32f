/** One model that several servers serve: each request goes to the least busy, and one that fails is left out until it answers again. */
import type { CompletionRequest, LanguageModel } from '../language-model.js'
import { type ModelCallCode, ModelCallError } from '../model-call-error.js'

export interface ModelServer {
  readonly model: LanguageModel
  /** Whether it lists the model; never rejects. */
  look(signal: AbortSignal): Promise<boolean>
}

export interface BalancedModel extends LanguageModel {
  /** How many of its servers are left out just now. */
  away(): number
}

/** Of a server that is left out. */
const usualLookMs = 5_000
/** One that tells no list of models is tried again after so long. */
const longestAwayMs = 60_000

/** What another server may not suffer from … */
const elsewhere: ReadonlySet<ModelCallCode> = new Set([
  'key_refused',
  'not_found',
  'quota_spent',
  'busy',
  'server_failed',
  'unreachable',
  'timed_out',
  'bad_answer',
])
/** … and what the next request would meet there, too. */
const leavesOut: ReadonlySet<ModelCallCode> = new Set([
  'key_refused',
  'not_found',
  'quota_spent',
  'server_failed',
  'unreachable',
  'timed_out',
])

interface Member extends ModelServer {
  busy: number
  /** When it was last given a request, by counting. */
  lastUsed: number
  awaySince?: number
}

/** There is at least one server. Where all are left out, they are asked all the same. */
export function balanceModels(
  servers: readonly ModelServer[],
  lookMs: number = usualLookMs,
): BalancedModel {
  const members = servers.map((server): Member => ({ ...server, busy: 0, lastUsed: 0 }))
  const closing = new AbortController()
  let requests = 0
  const leaveOut = (member: Member) => {
    if (member.awaySince !== undefined) return
    const since = performance.now()
    member.awaySince = since
    void lookUntilBack(member, since, lookMs, closing.signal)
  }
  const askOne = async (member: Member, request: CompletionRequest) => {
    requests += 1
    member.lastUsed = requests
    member.busy += 1
    try {
      const completion = await member.model.complete(request)
      member.awaySince = undefined
      return completion
    } finally {
      member.busy -= 1
    }
  }
  const complete: LanguageModel['complete'] = async (request) => {
    const untried = new Set(members)
    for (;;) {
      const member = leastBusy([...untried])
      untried.delete(member)
      try {
        return await askOne(member, request)
      } catch (error) {
        if (!(error instanceof ModelCallError)) throw error
        if (leavesOut.has(error.code)) leaveOut(member)
        if (untried.size === 0 || !elsewhere.has(error.code)) throw error
      }
    }
  }
  const [{ model }] = members as [Member]
  return {
    ...model,
    complete,
    away: () => members.filter(({ awaySince }) => awaySince !== undefined).length,
    close: async () => {
      closing.abort()
      await Promise.all(members.map((member) => member.model.close()))
    },
  }
}

function leastBusy(members: readonly Member[]): Member {
  const rank = ({ awaySince, busy, lastUsed }: Member) => [awaySince ?? 0, busy, lastUsed]
  return members.toSorted((one, other) => compare(rank(one), rank(other)))[0] as Member
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

/** Ends when the server is back, also by a request: if it is left out again, the looks of that time are others. */
async function lookUntilBack(
  member: Member,
  since: number,
  lookMs: number,
  closing: AbortSignal,
): Promise<void> {
  const isAway = () => member.awaySince === since && !closing.aborted
  while (isAway()) {
    await pause(lookMs)
    if (!isAway()) return
    const isBack = await member.look(AbortSignal.any([closing, AbortSignal.timeout(lookMs)]))
    const isOver = isBack || performance.now() - since > longestAwayMs
    if (isOver && isAway()) member.awaySince = undefined
  }
}

/** Nothing waits for it when the process could end. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
