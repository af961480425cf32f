/** What one service can be asked about: its own source at once, and each demo as soon as somebody asks for it. */
import { join } from 'node:path'
import type { DemoDataset } from '../data/demo/demo-dataset.js'
import { demoDatasets } from '../data/demo/demo-datasets.js'
import { readQuestions } from '../data/evaluation/evaluation-question.js'
import type { OnProgress } from '../data/progress.js'
import type { Source } from '../data/sources/source.js'
import { packageRoot } from '../models/package-root.js'
import type { DatasetStatus } from './dataset-status.js'
import type { Orchestrator } from './orchestrator.js'

/** The service's own source, where that is no demo. */
export const ownDataset = 'own'

export interface Datasets {
  /** The default one comes first when it is no demo, else at its place among the demos. */
  list(): readonly DatasetStatus[]
  /**
   * Opens it at the first call; the default one without a name. Undefined when there is none of that name. Under row
   * policies it shows what `user` may see, and nothing where nobody is named.
   */
  open(name?: string, user?: string): Promise<Orchestrator> | undefined
  /** Closes all that were opened, the default one last. */
  close(): Promise<void>
}

export interface DatasetsInput {
  readonly own: Orchestrator
  readonly source: Pick<Source, 'demo' | 'label'>
  /** Rejects with what to tell the user. */
  readonly openDemo: (name: string, onProgress: OnProgress) => Promise<Orchestrator>
}

type Facts = Pick<DatasetStatus, 'name' | 'title' | 'subject' | 'samples'>

export async function offerDatasets({ own, source, openDemo }: DatasetsInput): Promise<Datasets> {
  const usual = source.demo ?? ownDataset
  const demos = await Promise.all(demoDatasets.map(describe))
  const given = { name: ownDataset, title: source.label, subject: '', samples: [] }
  const entries = (source.demo === undefined ? [given, ...demos] : demos).map((facts) =>
    facts.name === usual
      ? entryOf(facts, async () => own, own)
      : entryOf(facts, (onProgress) => openDemo(facts.name, onProgress)),
  )
  return {
    list: () =>
      entries.map(({ facts, status }) => ({
        ...facts,
        isDefault: facts.name === usual,
        ...status(),
      })),
    open: (name = usual) => entries.find(({ facts }) => facts.name === name)?.open(),
    close: async () => {
      const others = entries.filter(({ facts }) => facts.name !== usual)
      await Promise.all(others.map(({ close }) => close()))
      await own.close()
    },
  }
}

async function describe({ name, title, subject, samples }: DemoDataset): Promise<Facts> {
  const read = await readQuestions(join(packageRoot, samples))
  const questions = read.ok ? read.questions.map(({ question }) => question) : []
  return { name, title, subject, samples: questions }
}

/** One dataset: a failed opening is forgotten, so that the next request tries again. */
function entryOf(
  facts: Facts,
  openNow: (onProgress: OnProgress) => Promise<Orchestrator>,
  opened?: Orchestrator,
) {
  let state: DatasetStatus['state'] = opened ? 'open' : 'closed'
  let progress: DatasetStatus['progress']
  let opening: Promise<Orchestrator> | undefined
  const open = async () => {
    state = 'opening'
    try {
      const orchestrator = await openNow((step, done, total) => {
        progress = { step, done, total }
      })
      state = 'open'
      return orchestrator
    } catch (error) {
      state = 'closed'
      opening = undefined
      throw error
    } finally {
      progress = undefined
    }
  }
  return {
    facts,
    status: () => ({ state, ...(state === 'opening' && progress && { progress }) }),
    open: () => {
      opening ??= opened ? Promise.resolve(opened) : open()
      return opening
    },
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}
