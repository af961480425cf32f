/** What an open database has under way, and the catalog that it described last: the same for every engine. */
import type { Catalog } from './catalog.js'
import { rejectOnAbort } from './reject-on-abort.js'

export class DatabaseWork {
  private readonly closing = new AbortController()
  private readonly running = new Set<Promise<unknown>>()
  private described: { readonly version: string; readonly catalog: Promise<Catalog> } | undefined

  /** Aborted when the database closes. */
  get signal(): AbortSignal {
    return this.closing.signal
  }

  get isClosed(): boolean {
    return this.closing.signal.aborted
  }

  /** Closing waits for it. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.running.add(work)
    const forget = () => this.running.delete(work)
    work.then(forget, forget)
    return work
  }

  /** Describes each version once, whoever asks; a failed attempt is forgotten. Rejects when closed or aborted. */
  async catalog(
    readVersion: () => Promise<string>,
    describe: (version: string) => Promise<Catalog>,
    signal?: AbortSignal,
  ): Promise<Catalog> {
    signal?.throwIfAborted()
    if (this.isClosed) throw new Error('The database is closed.')
    const catalog = this.newest(readVersion, describe)
    return signal === undefined ? catalog : Promise.race([catalog, rejectOnAbort(signal)])
  }

  /** Stops what is under way, and waits until it has ended. */
  async close(): Promise<void> {
    this.closing.abort()
    await Promise.allSettled(this.running)
  }

  private async newest(
    readVersion: () => Promise<string>,
    describe: (version: string) => Promise<Catalog>,
  ): Promise<Catalog> {
    const version = await readVersion()
    if (this.described?.version === version) return this.described.catalog
    return this.remember(version, describe(version))
  }

  private remember(version: string, reading: Promise<Catalog>): Promise<Catalog> {
    const catalog = this.track(reading)
    this.described = { version, catalog }
    catalog.catch(() => {
      if (this.described?.catalog === catalog) this.described = undefined
    })
    return catalog
  }
}
