/** Things that are opened when somebody wants one; the longest unused are closed again. */

export interface RecentThings<Thing> {
  /** Opens it unless it is open. It stays open until the work is done, whatever else is wanted. */
  use<Result>(key: string, work: (thing: Thing) => Promise<Result>): Promise<Result>
  /** The same for what comes bit by bit. */
  stream<Item>(key: string, work: (thing: Thing) => AsyncIterable<Item>): AsyncGenerator<Item>
  /** Closes all, those in use too. */
  close(): Promise<void>
}

export interface RecentOptions<Thing> {
  /** So many stay open; more only while they are in use. */
  readonly most: number
  /** What rejects is tried again by the next who wants it. */
  readonly open: (key: string) => Promise<Thing>
  /** Never rejects. */
  readonly close: (thing: Thing) => Promise<void>
}

interface Entry<Thing> {
  readonly opened: Promise<Thing>
  users: number
}

export function keepRecent<Thing>({
  most,
  open,
  close,
}: RecentOptions<Thing>): RecentThings<Thing> {
  /** The longest unused first. */
  const entries = new Map<string, Entry<Thing>>()
  const closings = new Map<string, Promise<void>>()
  const dismiss = (key: string, { opened }: Entry<Thing>) => {
    entries.delete(key)
    const closing = opened
      .then(close, () => {})
      .finally(() => {
        if (closings.get(key) === closing) closings.delete(key)
      })
    closings.set(key, closing)
    return closing
  }
  const dismissSurplus = () => {
    const unused = [...entries].filter(([, { users }]) => users === 0)
    const surplus = Math.min(unused.length, Math.max(0, entries.size - most))
    for (const [key, entry] of unused.slice(0, surplus)) void dismiss(key, entry)
  }
  const begin = (key: string): Entry<Thing> => {
    const known = entries.get(key)
    const before = closings.get(key) ?? Promise.resolve()
    const entry = known ?? { users: 0, opened: before.then(() => open(key)) }
    entries.delete(key)
    entries.set(key, entry)
    entry.users += 1
    dismissSurplus()
    return entry
  }
  const end = (key: string, entry: Entry<Thing>, failed: boolean) => {
    entry.users -= 1
    if (failed && entries.get(key) === entry) entries.delete(key)
    dismissSurplus()
  }
  const lease = async (key: string) => {
    const entry = begin(key)
    try {
      return { thing: await entry.opened, release: () => end(key, entry, false) }
    } catch (error) {
      end(key, entry, true)
      throw error
    }
  }
  return {
    use: async (key, work) => {
      const { thing, release } = await lease(key)
      try {
        return await work(thing)
      } finally {
        release()
      }
    },
    stream: async function* (key, work) {
      const { thing, release } = await lease(key)
      try {
        yield* work(thing)
      } finally {
        release()
      }
    },
    close: async () => {
      for (const [key, entry] of entries) void dismiss(key, entry)
      await Promise.all(closings.values())
    },
  }
}
