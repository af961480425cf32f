/** The state of every part in plain words, and whether questions can be answered. */
import type { Health, HealthPart } from './orchestrator.js'
import type { Services } from './services.js'

export async function healthOf(services: Services): Promise<Health> {
  const catalog = await services.catalog().catch(() => undefined)
  const database: HealthPart = catalog
    ? {
        name: 'database',
        state: 'ok',
        note: `${services.database.label}, ${catalog.tables.length} tables.`,
      }
    : {
        name: 'database',
        state: 'missing',
        note: 'The data cannot be read. Check that the file is still there.',
      }
  return {
    ready: catalog !== undefined,
    source: services.database.label,
    parts: [database, ...knowledgeParts(services), modelPart(services), conversations],
  }
}

const conversations: HealthPart = {
  name: 'conversations',
  state: 'ok',
  note: 'Conversations are kept on this machine.',
}

function knowledgeParts({ knowledge }: Services): readonly HealthPart[] {
  const { index, embedder, documents, notices } = knowledge.status()
  const said = notices.join(' ')
  const indexNotes = {
    chroma: `Chroma holds ${documents} documents.`,
    memory: `An exact in-process index holds ${documents} documents in place of Chroma. ${said}`,
    words: `Retrieval goes by words alone. ${said}`,
  }
  return [
    {
      name: 'index',
      state: index === 'chroma' ? 'ok' : 'degraded',
      note: indexNotes[index].trim(),
    },
    embedder === undefined
      ? { name: 'embedder', state: 'missing', note: 'The sentence model is not loaded.' }
      : { name: 'embedder', state: 'ok', note: `${embedder} is loaded.` },
  ]
}

function modelPart({ model }: Services): HealthPart {
  return { name: 'model', state: model.state(), note: model.note() }
}
