/** Keeps what is known of a database's names for a while, and asks again when it may have changed. */
import type { KnownNames } from './known-names.js'
import { readKnownNames, readSearchPath } from './read-known-names.js'
import type { Session } from './sessions.js'

export interface Facts {
  readonly names: KnownNames
  readonly searchPath: readonly string[]
  readonly readAt: number
}

export interface NamesReader {
  /** As the server said at most `holdMs` ago. Rejects when it gives no answer. */
  current(): Promise<Facts>
  /** Newer ones than these, unless these are quite new. */
  after(facts: Facts): Promise<Facts>
  forget(): void
}

/** Milliseconds after which names are asked for again, and at the earliest, where a query names what is not known. */
const holdMs = 60_000
const retryMs = 1_000

type Ask = <Result>(
  searchPath: readonly string[],
  work: (session: Session) => Promise<Result>,
) => Promise<Result>

export function createNamesReader(ask: Ask): NamesReader {
  let reading: Promise<Facts> | undefined
  const read = async (): Promise<Facts> => {
    const searchPath = await ask([], readSearchPath)
    return { names: await ask(searchPath, readKnownNames), searchPath, readAt: Date.now() }
  }
  const current = async (): Promise<Facts> => {
    const known = await reading
    if (known !== undefined && Date.now() - known.readAt < holdMs) return known
    const fresh = read()
    reading = fresh
    fresh.catch(() => {
      if (reading === fresh) reading = undefined
    })
    return fresh
  }
  return {
    current,
    after: async (facts) => {
      if (Date.now() - facts.readAt < retryMs) return facts
      reading = undefined
      return current()
    },
    forget: () => {
      reading = undefined
    },
  }
}
