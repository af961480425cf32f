/** Opens Chroma, ours or a given one; where it cannot run, an index in memory with the reason. */
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { type ChromaServer, startChromaServer } from './chroma/chroma-server.js'
import { ChromaVectorStore } from './chroma/chroma-vector-store.js'
import { MemoryVectorStore } from './memory-vector-store.js'
import type { VectorIndex } from './vector-index.js'

const heartbeatTimeoutMs = 3_000

export interface VectorIndexOptions {
  readonly embedder: EmbeddingsInterface
  /** Holds the server's data in a folder of its own. */
  readonly folder: string
  /** An existing server; ours is then not started. */
  readonly chromaUrl?: string
  /** What the collection is named after. */
  readonly source: string
}

export interface OpenedIndex {
  readonly index: VectorIndex
  /** The server in use, ours or a given one. */
  readonly chromaUrl?: string
  /** Why memory stands in for Chroma. */
  readonly notice?: string
  close(): Promise<void>
}

/** Never throws: an index in memory always works. */
export async function openVectorIndex(options: VectorIndexOptions): Promise<OpenedIndex> {
  const { chromaUrl } = options
  if (chromaUrl !== undefined) {
    const failure = await heartbeatFailure(chromaUrl)
    if (failure !== undefined) return memoryIndex(options, failure)
    return { ...withoutServer(chromaStore(options, chromaUrl)), chromaUrl }
  }
  const started = await startOrStartOver(join(options.folder, 'chroma'))
  if (!started.ok) return memoryIndex(options, started.reason)
  return withServer(chromaStore(options, started.server.url), started.server)
}

export function memoryIndex(options: VectorIndexOptions, reason: string): OpenedIndex {
  const notice = `Chroma is not in use, an index in memory stands in: ${reason}`
  return { ...withoutServer(new MemoryVectorStore(options.embedder)), notice }
}

/** Removes our own server's data, so that the next start begins empty. */
export function discardChromaFolder(options: VectorIndexOptions): void {
  if (options.chromaUrl !== undefined) return
  rmSync(join(options.folder, 'chroma'), { recursive: true, force: true })
}

/** Data that a server cannot even start on (damaged, or of a newer Chroma) is given up: it can be rebuilt. */
async function startOrStartOver(folder: string) {
  const hadData = existsSync(join(folder, 'chroma.sqlite3'))
  const started = await startChromaServer(folder)
  if (started.ok || started.isLocked || !hadData) return started
  rmSync(folder, { recursive: true, force: true })
  return startChromaServer(folder)
}

function chromaStore(options: VectorIndexOptions, url: string): VectorIndex {
  const name = createHash('sha256').update(options.source).digest('hex').slice(0, 16)
  return new ChromaVectorStore(options.embedder, url, `parley-${name}`)
}

function withoutServer(index: VectorIndex): OpenedIndex {
  return { index, close: () => index.close() }
}

function withServer(index: VectorIndex, server: ChromaServer): OpenedIndex {
  const close = () => index.close().finally(() => server.close())
  return { index, chromaUrl: server.url, close }
}

async function heartbeatFailure(url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(heartbeatTimeoutMs)
    const response = await fetch(new URL('/api/v2/heartbeat', url), { signal })
    return response.ok ? undefined : `${url} answers ${response.status} instead of a heartbeat`
  } catch (error) {
    return `${url} does not answer (${(error as Error).message})`
  }
}
