/** Puts the knowledge base with a sentence model in place of that of words alone. */
import { join } from 'node:path'
import { rejectOnAbort } from '../data/reject-on-abort.js'
import { openKnowledgeBase } from '../rag/knowledge-base.js'
import type { FollowedCatalog } from './catalog/follow-catalog.js'
import type { Config } from './config.js'
import type { KnowledgeSlot } from './knowledge-slot.js'
import type { Models } from './open-models.js'
import type { WatchedIndexing } from './part-progress.js'
import type { ServiceHooks } from './services.js'

export interface Filling {
  readonly config: Pick<Config, 'home' | 'chromaUrl'>
  readonly hooks: Pick<ServiceHooks, 'logger' | 'onProgress' | 'sharedChroma'>
  readonly models: Pick<Models, 'embedder'>
  readonly signal: AbortSignal
}

/** Never rejects: without a sentence model the words-only knowledge base stays in place. */
export async function openFullKnowledge(
  { config, hooks, models, signal }: Filling,
  index: Pick<WatchedIndexing, 'report'> & { readonly name: string },
  knowledge: KnowledgeSlot,
  { catalog, settled }: Pick<FollowedCatalog, 'catalog' | 'settled'>,
): Promise<void> {
  try {
    const embedder = await models.embedder()
    if (!embedder || signal.aborted) return
    // Words alone until then: of half a schema no index is made that must be made again.
    await Promise.race([settled(), rejectOnAbort(signal)])
    const full = await openKnowledgeBase({
      embedder,
      folder: join(config.home, 'chroma'),
      chromaUrl: config.chromaUrl ?? (await hooks.sharedChroma?.()),
      source: index.name,
      onNotice: (notice) => hooks.logger.warn({ event: 'index_notice' }, notice),
    })
    const onProgress = (done: number, total: number) => {
      index.report(done, total)
      hooks.onProgress?.('Indexing', done, total)
    }
    try {
      await full.refresh(await catalog(), onProgress, signal)
    } catch (error) {
      // Its server would else outlive a service that was stopped meanwhile, and keep it from ending.
      await full.close()
      throw error
    }
    await knowledge.replace(full)
    // More may have been told meanwhile.
    await knowledge.refresh(await catalog())
  } catch (error) {
    if (!signal.aborted)
      hooks.logger.error({ event: 'index_failed', err: error }, 'The index could not be built.')
  }
}
