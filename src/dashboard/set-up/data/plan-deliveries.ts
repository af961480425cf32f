/** Which files make a dataset together, and which cannot be one. */
import type { Acceptance } from '../../../added/added-datasets.js'

export interface PickedFile {
  readonly file: File
  /** The folder that was picked or dropped with it inside; empty for a file on its own. */
  readonly folder: string
}

export interface PlannedDelivery {
  /** What its dataset is to be called; empty to leave that to the service. */
  readonly title: string
  readonly files: readonly File[]
}

export interface DeliveryPlan {
  readonly deliveries: readonly PlannedDelivery[]
  /** Names of files that are of no kind the service reads. */
  readonly leftOut: readonly string[]
}

/** Files of tables go together; a database is a dataset of its own. What a system hides in its folders is not spoken of. */
export function planDeliveries(picked: readonly PickedFile[], accepts: Acceptance): DeliveryPlan {
  const seen = picked.filter(({ file }) => !file.name.startsWith('.'))
  const tables = seen.filter(({ file }) => endsWith(file, accepts.tableEndings))
  const databases = seen.filter(({ file }) => endsWith(file, accepts.databaseEndings))
  const leftOut = seen.filter((each) => !tables.includes(each) && !databases.includes(each))
  const together = { title: commonFolder(tables), files: tables.map(({ file }) => file) }
  return {
    deliveries: [
      ...(tables.length > 0 ? [together] : []),
      ...databases.map(({ file }) => ({ title: '', files: [file] })),
    ],
    leftOut: leftOut.map(({ file }) => file.name),
  }
}

export function bytesOf(files: readonly File[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

function endsWith({ name }: File, endings: readonly string[]): boolean {
  return endings.some((ending) => name.toLowerCase().endsWith(ending))
}

function commonFolder(picked: readonly PickedFile[]): string {
  const [folder = '', ...others] = new Set(picked.map((each) => each.folder))
  return others.length === 0 ? folder : ''
}
