/** The reports of a home: evaluations and training runs, by what was last changed. Nothing outside their folders is read. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type EvaluationDetail,
  type EvaluationSummary,
  readEvaluationReport,
  summaryOf,
} from './evaluation-report-file.js'
import { readPlainFile } from './read-plain-file.js'
import { evaluationFolder, trainingFolder, trainingLogName } from './report-folders.js'
import {
  readTrainingLog,
  type TrainingDetail,
  type TrainingSummary,
  trainingSummaryOf,
} from './training-log.js'

interface Named {
  /** Of this report among the others. */
  readonly id: string
  /** Of its file, or of the folder of its run. */
  readonly name: string
  readonly changedAt: string
}

export type ListedReport = Named & (EvaluationSummary | TrainingSummary)
export type Report = Named & (EvaluationDetail | TrainingDetail)

export interface ReportList {
  readonly reports: readonly ListedReport[]
  /** Files that are no reports, in plain words. */
  readonly problems: readonly string[]
}

export interface ReportShelf {
  /** Newest first. */
  list(): Promise<ReportList>
  /** Undefined where there is none of that id. */
  read(id: string): Promise<Report | undefined>
}

/** Of the files of each kind. */
const maxListed = 200

interface Place {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly read: (text: string) => EvaluationDetail | TrainingDetail | undefined
}

export function openReportShelf(home: string): ReportShelf {
  const known = new Map<string, Known>()
  return {
    list: async () => {
      const listed: ListedReport[] = []
      const problems: string[] = []
      // One after the other: each may be megabytes.
      for (const place of await placesOf(home)) {
        const report = await readOnce(place, known)
        if (typeof report === 'string') problems.push(report)
        else if (report) listed.push(report)
      }
      const newest = listed.sort((one, other) => other.changedAt.localeCompare(one.changedAt))
      return { reports: newest, problems }
    },
    read: async (id) => {
      // By what is listed, so that no id can lead anywhere else.
      const place = (await placesOf(home)).find((each) => each.id === id)
      const report = place && (await readReport(place))
      return typeof report === 'string' ? undefined : report
    },
  }
}

/** What was found when the file was last read. */
interface Known {
  readonly mark: string
  readonly found: ListedReport | string | undefined
}

/** A file that has not changed is not read again for the list. */
async function readOnce(place: Place, known: Map<string, Known>): Promise<Known['found']> {
  const mark = await lstat(place.path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => '',
  )
  const before = known.get(place.id)
  if (before?.mark === mark) return before.found
  const report = await readReport(place)
  const found = typeof report === 'object' ? listedOf(report) : report
  known.set(place.id, { mark, found })
  return found
}

async function placesOf(home: string): Promise<readonly Place[]> {
  const evaluations = await namesIn(evaluationFolder(home), (entry) =>
    entry.isFile() && entry.name.endsWith('.json') ? entry.name.slice(0, -'.json'.length) : '',
  )
  const runs = await namesIn(trainingFolder(home), (entry) =>
    entry.isDirectory() ? entry.name : '',
  )
  return [
    ...evaluations.map((name) => ({
      id: `evaluation.${name}`,
      name,
      path: join(evaluationFolder(home), `${name}.json`),
      read: readEvaluationReport,
    })),
    ...runs.map((name) => ({
      id: `training.${name}`,
      name,
      path: join(trainingFolder(home), name, trainingLogName),
      read: readTrainingLog,
    })),
  ]
}

interface Entry {
  readonly name: string
  isFile(): boolean
  isDirectory(): boolean
}

/** Links are neither files nor folders here. Names that begin with a dot are drafts. */
async function namesIn(folder: string, nameOf: (entry: Entry) => string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.map(nameOf).filter((name) => name !== '' && !name.startsWith('.'))
  // Names of evaluations end with their time.
  return names.sort().slice(-maxListed)
}

/** A problem in words, or undefined for a folder without a log: it holds rows, or an older run. */
async function readReport({ id, name, path, read }: Place): Promise<Report | string | undefined> {
  const found = await readPlainFile(path)
  if (!found.ok) {
    if (found.problem === 'absent') return undefined
    return `${name} ${found.problem === 'too_large' ? 'is too large to be shown' : 'cannot be read'}.`
  }
  const { text, changedAt } = found.file
  const detail = read(text)
  return detail
    ? { id, name, changedAt: changedAt.toISOString(), ...detail }
    : `${name} is no report of this version of Parley.`
}

function listedOf(report: Report): ListedReport {
  const { id, name, changedAt } = report
  const summary = report.kind === 'evaluation' ? summaryOf(report) : trainingSummaryOf(report)
  return { id, name, changedAt, ...summary }
}
