/** Looks which models a server on this machine has: when somebody wants to know, seldom, and never for long. */
import type { LocalServer } from './local-servers.js'

/** A server that is there answers in a few milliseconds. */
const patienceMs = 700
/** What was found, or not found, counts for so long. */
const freshMs = 15_000
const mostBytes = 2_000_000

export interface FoundModels {
  readonly models: readonly string[]
  /** Why there are none, for people. */
  readonly missing?: string
}

export interface ModelFinder {
  /** What was found last; looks again behind the caller's back when that is old. */
  known(): FoundModels | undefined
  /** What is there now, or was a moment ago. Never rejects. */
  find(): Promise<FoundModels>
}

export function createModelFinder(server: LocalServer, address: string): ModelFinder {
  let found: FoundModels | undefined
  let foundAt = Number.NEGATIVE_INFINITY
  let looking: Promise<FoundModels> | undefined
  const look = async () => {
    found = await list(server, address)
    foundAt = performance.now()
    looking = undefined
    return found
  }
  const isFresh = () => performance.now() - foundAt < freshMs
  const find = async () => {
    if (found && isFresh()) return found
    looking ??= look()
    return looking
  }
  return {
    find,
    known: () => {
      if (!isFresh()) void find()
      return found
    },
  }
}

async function list(
  { title, listPath, readList }: LocalServer,
  address: string,
): Promise<FoundModels> {
  try {
    const response = await fetch(`${address}${listPath}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await readShort(response)
    const models = response.ok ? readList(JSON.parse(text)) : []
    return models.length > 0
      ? { models }
      : { models, missing: `${title} is running, but has no model that writes text.` }
  } catch {
    return { models: [], missing: `${title} does not answer at ${address}.` }
  }
}

async function readShort({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new RangeError('A list of models that long is none.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
