/** Keeps what is known of a server's database for a while, such as its names, and asks again when it may have changed. */

export interface FactsReader<Facts> {
  /** As the server said at most `holdMs` ago. Rejects when it gives no answer. */
  current(): Promise<Facts>
  /** Newer ones than those that were told last, unless these are quite new. */
  newer(): Promise<Facts>
  forget(): void
}

/** Milliseconds after which facts are asked for again, and at the earliest, where a query names what is not known. */
const holdMs = 60_000
const retryMs = 1_000

export function createFactsReader<Facts>(read: () => Promise<Facts>): FactsReader<Facts> {
  let reading: Promise<{ readonly facts: Facts; readonly readAt: number }> | undefined
  const within = async (mostMs: number): Promise<Facts> => {
    const known = await reading
    if (known !== undefined && Date.now() - known.readAt < mostMs) return known.facts
    const fresh = read().then((facts) => ({ facts, readAt: Date.now() }))
    reading = fresh
    fresh.catch(() => {
      if (reading === fresh) reading = undefined
    })
    return (await fresh).facts
  }
  return {
    current: () => within(holdMs),
    newer: () => within(retryMs),
    forget: () => {
      reading = undefined
    },
  }
}
