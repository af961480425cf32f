/** Keeps results in memory; when it is full, those go that were not asked for the longest. */
import { LRUCache } from 'lru-cache'
import type { QueryResult } from '../database.js'
import { largestShare, type ResultCache } from './result-cache.js'

/** `maxBytes` is more than 0. */
export function createMemoryResultCache(maxBytes: number): ResultCache {
  const kept = new LRUCache<string, QueryResult>({
    maxSize: maxBytes,
    maxEntrySize: Math.ceil(maxBytes * largestShare),
    sizeCalculation: sizeOf,
  })
  let hits = 0
  let misses = 0
  return {
    get: async (key) => {
      const found = kept.get(key)
      if (found) hits += 1
      else misses += 1
      return found
    },
    put: async (key, result) => {
      kept.set(key, result)
    },
    figures: () => ({ hits, misses, entries: kept.size, bytes: kept.calculatedSize }),
    close: async () => kept.clear(),
  }
}

function sizeOf({ columns, rows }: QueryResult): number {
  return JSON.stringify([columns, rows]).length
}
