/** The state of every part in plain words, and whether questions can be answered. */
import { setTimeout } from 'node:timers/promises'
import type { Catalog } from '../data/catalog.js'
import { withoutPaths } from './discreet-text.js'
import type { ModelQueue } from './model-queue.js'
import type { DataCounts, Health, HealthPart } from './orchestrator.js'
import type { PartProgress } from './part-progress.js'
import type { Services } from './services.js'

/** What of the services health is read from. */
export interface HealthSources extends Pick<Services, 'catalog' | 'isIndexing' | 'progressOf'> {
  readonly database: Pick<Services['database'], 'label' | 'query'>
  readonly queue?: Pick<ModelQueue, 'waiting' | 'isFull'>
  readonly knowledge: Pick<Services['knowledge'], 'status'>
  readonly model: Pick<Services['model'], 'state' | 'note'>
  readonly conversations: Pick<Services['conversations'], 'failure' | 'place' | 'reach'>
}

/** For one query of nothing, of the data and of where conversations are kept. */
const probeMs = 500

export async function healthOf(services: HealthSources): Promise<Health> {
  const catalog = await services.catalog().catch(() => undefined)
  const [database, conversations] = await Promise.all([
    databasePart(services, catalog),
    conversationsPart(services),
  ])
  return {
    ready: catalog !== undefined,
    source: services.database.label,
    ...(catalog && { data: countsOf(catalog, services) }),
    parts: [
      database,
      ...knowledgeParts(services),
      modelPart(services),
      conversations,
      ...queueParts(services),
    ],
  }
}

/** It answers when a query of nothing comes back in time. */
async function databasePart(
  { database }: HealthSources,
  catalog: Catalog | undefined,
): Promise<HealthPart> {
  if (!catalog) {
    const note = 'The data cannot be read. Check that the file is still there.'
    return { name: 'database', state: 'missing', note }
  }
  const probe = { signal: AbortSignal.timeout(probeMs), timeoutMs: probeMs, maxRows: 1 }
  const answers = await database.query('SELECT 1 AS one', probe).then(
    ({ ok }) => ok,
    () => false,
  )
  const note = `${database.label}, ${catalog.tables.length} tables.`
  return answers
    ? { name: 'database', state: 'ok', note }
    : { name: 'database', state: 'degraded', note: `${note} It does not answer at the moment.` }
}

function queueParts({ queue }: HealthSources): readonly HealthPart[] {
  if (!queue) return []
  const note = `${queue.waiting()} questions wait for the model.`
  return [{ name: 'queue', state: queue.isFull() ? 'degraded' : 'ok', note }]
}

function countsOf({ tables }: Catalog, { knowledge }: HealthSources): DataCounts {
  const rows = tables.reduce((sum, { rowCount }) => sum + rowCount, 0)
  return { tables: tables.length, rows, documents: knowledge.status().documents }
}

/** A place that does not answer lets no question begin: each waits for its turn there. */
async function conversationsPart({ conversations }: HealthSources): Promise<HealthPart> {
  const name = 'conversations'
  const note = `Conversations are kept ${conversations.place}.`
  const late = setTimeout(probeMs, false, { ref: false })
  const answers = conversations.reach ? await Promise.race([conversations.reach(), late]) : true
  if (!answers) return { name, state: 'missing', note: `${note} It does not answer at the moment.` }
  const failure = conversations.failure()
  return failure
    ? { name, state: 'degraded', note: `The newest turn could not be kept: ${failure.message}` }
    : { name, state: 'ok', note }
}

function knowledgeParts(sources: HealthSources): readonly HealthPart[] {
  const { knowledge, isIndexing } = sources
  const progress = sources.progressOf('index')
  const { index, embedder, documents, notices } = knowledge.status()
  const said = withoutPaths(notices.join(' '))
  const indexNotes = {
    chroma: `Chroma holds ${documents} documents.`,
    memory: `An exact in-process index holds ${documents} documents in place of Chroma. ${said}`,
    words: isIndexing()
      ? 'Retrieval goes by words alone until the index is filled.'
      : `Retrieval goes by words alone. ${said}`,
  }
  return [
    {
      name: 'index',
      state: index === 'chroma' ? 'ok' : isIndexing() ? 'loading' : 'degraded',
      note: `${sayTables(progress)}${indexNotes[index]}`.trim(),
      ...(isIndexing() && progressOf(sources, 'index')),
    },
    embedder === undefined
      ? {
          name: 'embedder',
          state: isIndexing() ? 'loading' : 'missing',
          note: 'The sentence model is not loaded.',
          ...(isIndexing() && progressOf(sources, 'embedder')),
        }
      : { name: 'embedder', state: 'ok', note: `${embedder} is loaded.` },
  ]
}

function sayTables(progress: PartProgress | undefined): string {
  if (progress?.unit !== 'tables') return ''
  return `${progress.done} of ${progress.total} tables are described; questions are answered meanwhile. `
}

function modelPart(sources: HealthSources): HealthPart {
  const { model } = sources
  const state = model.state()
  const progress = state === 'loading' && progressOf(sources, 'model')
  return { name: 'model', state, note: model.note(), ...progress }
}

function progressOf(sources: HealthSources, part: Parameters<Services['progressOf']>[0]) {
  const progress = sources.progressOf(part)
  return progress && { progress }
}
