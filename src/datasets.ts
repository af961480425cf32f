/** What one service can be asked about: its own source at once, each demo as soon as somebody asks for it, and what is added. */
import { join } from 'node:path'
import type { DemoDataset } from '../data/demo/demo-dataset.js'
import { demoDatasets } from '../data/demo/demo-datasets.js'
import { readQuestions } from '../data/evaluation/evaluation-question.js'
import type { OnProgress } from '../data/progress.js'
import type { Source } from '../data/sources/source.js'
import { packageRoot } from '../models/package-root.js'
import type { AddedDatasets } from './added/added-datasets.js'
import { type DatasetFacts, type OpenDataset, openableDataset } from './dataset-entry.js'
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
  /** Absent where nothing may be added. */
  readonly added?: AddedDatasets
  /** Closes all that were opened, the default one last. */
  close(): Promise<void>
}

/** Datasets that can become more; the names are the caller's to keep apart. */
export interface GrowingDatasets extends Datasets {
  add(facts: DatasetFacts, open: OpenDataset): void
  /** Once it is closed. */
  remove(name: string): Promise<void>
}

export interface DatasetsInput {
  readonly own: Orchestrator
  readonly source: Pick<Source, 'demo' | 'label'>
  /** Rejects with what to tell the user. */
  readonly openDemo: (name: string, onProgress: OnProgress) => Promise<Orchestrator>
}

export async function offerDatasets({
  own,
  source,
  openDemo,
}: DatasetsInput): Promise<GrowingDatasets> {
  const usual = source.demo ?? ownDataset
  const demos = await Promise.all(demoDatasets.map(describe))
  const origin = 'given' as const
  const given = { name: ownDataset, title: source.label, subject: '', samples: [], origin }
  const entries = (source.demo === undefined ? [given, ...demos] : demos).map((facts) =>
    facts.name === usual
      ? openableDataset(facts, async () => own, own)
      : openableDataset(facts, (onProgress) => openDemo(facts.name, onProgress)),
  )
  const find = (name: string) => entries.find(({ facts }) => facts.name === name)
  return {
    list: () =>
      entries.map(({ facts, status }) => ({
        ...facts,
        isDefault: facts.name === usual,
        ...status(),
      })),
    open: (name = usual) => find(name)?.open(),
    add: (facts, open) => void entries.push(openableDataset(facts, open)),
    remove: async (name) => {
      const entry = find(name)
      if (!entry) return
      entries.splice(entries.indexOf(entry), 1)
      await entry.close()
    },
    close: async () => {
      const others = entries.filter(({ facts }) => facts.name !== usual)
      await Promise.all(others.map(({ close }) => close()))
      await own.close()
    },
  }
}

async function describe({ name, title, subject, samples }: DemoDataset): Promise<DatasetFacts> {
  const read = await readQuestions(join(packageRoot, samples))
  const questions = read.ok ? read.questions.map(({ question }) => question) : []
  return { name, title, subject, samples: questions, origin: 'demo' }
}
