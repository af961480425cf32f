/** Added datasets under a home: their files, what is registered of them, and their places among the datasets of the service. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { OnProgress } from '../../data/progress.js'
import { dropImports } from '../../data/sources/open-import.js'
import { dropKnownTables } from '../catalog/known-tables.js'
import type { DatasetStatus } from '../dataset-status.js'
import type { GrowingDatasets } from '../datasets.js'
import type { Orchestrator } from '../orchestrator.js'
import { type AddedDatasets, additionError, type Delivery, type Naming } from './added-datasets.js'
import {
  type DatasetRegister,
  openDatasetRegister,
  type RegisteredDataset,
} from './dataset-register.js'
import { databaseEndings, nameFor, plainTitle, stemOf, tableEndings } from './name-dataset.js'
import { pageSchemes, readPageConnection } from './page-connection.js'
import { receiveFiles, refuseFullDisk } from './receive-files.js'

export interface AddedDatasetsInput {
  readonly home: string
  readonly datasets: GrowingDatasets
  readonly maxBytes: number
  /** Of a path or an address, as the dataset of that name. Rejects with what to tell the user. */
  readonly openSource: (
    source: string,
    name: string,
    onProgress: OnProgress,
  ) => Promise<Orchestrator>
  readonly onNotice: (notice: string) => void
}

/** Each may hold a process and an index. */
const maxAdded = 50
const maxDeliveries = 2

/** What was added before is offered again, and opened when somebody asks for it. */
export async function keepAddedDatasets(input: AddedDatasetsInput): Promise<AddedDatasets> {
  const { datasets, maxBytes } = input
  const shelf = { ...input, register: await openDatasetRegister(input.home, input.onNotice) }
  const { register } = shelf
  for (const entry of register.list()) offer(shelf, entry)
  const reserved = new Set<string>()
  const add: Add = async ({ name: asked, by }, title, place) => {
    const name = nameFor(asked, title, new Set([...namesOf(datasets), ...reserved]))
    reserved.add(name)
    try {
      const addedAt = new Date().toISOString()
      return await begin(shelf, { name, title, ...place, addedBy: by, addedAt })
    } finally {
      reserved.delete(name)
    }
  }
  let deliveries = 0
  return {
    accepts: { maxBytes, tableEndings, databaseEndings, schemes: pageSchemes },
    receive: async () => {
      mustHaveRoom(datasets)
      if (deliveries >= maxDeliveries) throw additionError('busy', 'Other files are being sent.')
      deliveries += 1
      return deliver(register.folder, maxBytes, add, () => {
        deliveries -= 1
      })
    },
    connect: async (url, naming) => {
      mustHaveRoom(datasets)
      const { address, title } = readPageConnection(url)
      return add(naming, plainTitle(naming.title ?? '') || plainTitle(title), { url: address })
    },
    remove: (name) => remove(shelf, name),
  }
}

interface Shelf extends AddedDatasetsInput {
  readonly register: DatasetRegister
}

function isAdded({ origin }: Pick<DatasetStatus, 'origin'>): boolean {
  return origin === 'files' || origin === 'connection'
}

function namesOf(datasets: Pick<GrowingDatasets, 'list'>): readonly string[] {
  return datasets.list().map(({ name }) => name)
}

/** Those that failed count too: each stands in the list until somebody removes it. */
function mustHaveRoom(datasets: Pick<GrowingDatasets, 'list'>): void {
  if (datasets.list().filter(isAdded).length < maxAdded) return
  const hint = 'Remove one that is not needed any more.'
  throw additionError('full', `There are ${maxAdded} added datasets, and no more are kept.`, hint)
}

/** One that was just added and cannot be opened is forgotten, and says why for as long as the service runs. */
function offer(shelf: Shelf, entry: RegisteredDataset, isNew = false): void {
  let failure: unknown
  shelf.datasets.add(factsOf(entry), async (onProgress) => {
    if (failure !== undefined) throw failure
    try {
      return await shelf.openSource(sourceOf(shelf.register, entry), entry.name, onProgress)
    } catch (error) {
      if (isNew) {
        failure = error
        // It may be removed by now, and another be there by its name.
        if (!shelf.register.list().includes(entry)) throw error
        await shelf.register.remove(entry.name)
        await dropWhatIsKept(shelf, entry)
      }
      throw error
    }
  })
}

/** Registered before it is opened, so that a crash on the way leaves no files that nobody knows. */
async function begin(shelf: Shelf, entry: RegisteredDataset) {
  const { datasets, register } = shelf
  await register.add(entry).catch(refuseFullDisk)
  offer(shelf, entry, true)
  // Its status says how that went.
  datasets.open(entry.name)?.catch(() => {})
  const status = datasets.list().find(({ name }) => name === entry.name)
  if (!status) throw new Error('A dataset that was just added is not listed.')
  return status
}

async function remove(shelf: Shelf, name: string): Promise<boolean> {
  const { datasets, register } = shelf
  const status = datasets.list().find((each) => each.name === name)
  if (!status || !isAdded(status)) return false
  const entry = register.list().find((each) => each.name === name)
  await register.remove(name)
  await datasets.remove(name)
  if (entry) await dropWhatIsKept(shelf, entry)
  return true
}

type Add = (
  naming: Naming,
  title: string,
  place: Pick<RegisteredDataset, 'files' | 'url'>,
) => Promise<ReturnType<GrowingDatasets['list']>[number]>

async function deliver(
  root: string,
  maxBytes: number,
  add: Add,
  end: () => void,
): Promise<Delivery> {
  const folder = randomUUID()
  const received = await receiveFiles(join(root, folder, 'files'), maxBytes).catch(
    (error: unknown) => {
      end()
      throw error
    },
  )
  let isOver = false
  const drop = async () => {
    if (isOver) return
    isOver = true
    await received.drop()
    await rm(join(root, folder), { recursive: true, force: true })
    end()
  }
  return {
    take: received.take,
    drop,
    finish: async (naming) => {
      const [first] = received.names
      if (first === undefined) throw additionError('unsupported', 'No file was sent.')
      const usual = received.names.length > 1 ? `${stemOf(first)} and more` : stemOf(first)
      const title = plainTitle(naming.title ?? '') || plainTitle(usual)
      const source = received.names.length > 1 ? 'files' : `files/${first}`
      const status = await add(naming, title, { files: { folder, source } })
      isOver = true
      end()
      return status
    },
  }
}

function factsOf({ name, title, url }: RegisteredDataset) {
  const origin = url === undefined ? ('files' as const) : ('connection' as const)
  return { name, title, subject: '', samples: [], origin }
}

function sourceOf({ folder }: DatasetRegister, { files, url = '' }: RegisteredDataset): string {
  return files ? join(folder, files.folder, files.source) : url
}

async function dropWhatIsKept({ register, home }: Shelf, entry: RegisteredDataset): Promise<void> {
  await dropKnownTables(home, entry.name)
  if (!entry.files) return
  await dropImports(sourceOf(register, entry), home)
  await rm(join(register.folder, entry.files.folder), { recursive: true, force: true })
}
