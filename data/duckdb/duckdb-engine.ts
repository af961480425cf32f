/** One opened version of a data file: closed when it is retired and its last user has left. */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Catalog } from '../catalog.js'
import { introspectDuckDb } from './introspect.js'
import { type LockedDatabase, openLockedDatabase } from './lockdown.js'

export interface EngineLimits {
  readonly memoryMegabytes: number
  readonly threads: number
}

export class DuckDbEngine {
  private users = 0
  private retired = false
  private catalog: Promise<Catalog> | undefined

  private constructor(
    /** Of the file when it was opened. */
    readonly version: string,
    private readonly locked: LockedDatabase,
  ) {}

  static async open(path: string, version: string, limits: EngineLimits): Promise<DuckDbEngine> {
    return new DuckDbEngine(version, await openLockedDatabase(path, limits))
  }

  get columnsByTable(): ReadonlyMap<string, readonly string[]> {
    return this.locked.columnsByTable
  }

  get tables(): readonly string[] {
    return [...this.locked.columnsByTable.keys()]
  }

  get macros(): ReadonlySet<string> {
    return this.locked.macros
  }

  /** Whoever acquires an engine may connect until it releases it. */
  acquire(): void {
    this.users++
  }

  release(): void {
    this.users--
    this.closeWhenUnused()
  }

  connect(): Promise<DuckDBConnection> {
    return this.locked.instance.connect()
  }

  /** Described once and remembered; a failed attempt is forgotten. */
  describe(): Promise<Catalog> {
    this.catalog ??= this.readCatalog().catch((error: unknown) => {
      this.catalog = undefined
      throw error
    })
    return this.catalog
  }

  /** Takes no further users; safe to call twice. */
  close(): void {
    if (this.retired) return
    this.retired = true
    this.closeWhenUnused()
  }

  private async readCatalog(): Promise<Catalog> {
    const connection = await this.connect()
    try {
      return { ...(await introspectDuckDb(connection)), version: this.version }
    } finally {
      connection.closeSync()
    }
  }

  private closeWhenUnused(): void {
    if (this.retired && this.users === 0) this.locked.instance.closeSync()
  }
}
