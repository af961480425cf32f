/** Finds the foreign keys that connect a set of tables, adding tables on the way where needed. */
import type { Catalog, Relationship } from '../catalog.js'

export interface ConnectedTables {
  readonly tables: readonly string[]
  /** Each connects one more table to those before it. */
  readonly relationships: readonly Relationship[]
}

interface Step {
  readonly relationship: Relationship
  readonly to: string
  /** From many rows to the one they point at. */
  readonly up: boolean
}

interface Path {
  readonly steps: readonly Step[]
  readonly end: string
  /** Times the path climbs to a shared parent and comes down again: each pairs unrelated rows. */
  readonly turns: number
  readonly rank: number
}

export interface ConnectionOptions {
  readonly rankedTables: readonly string[]
  /** `table.column` in lower case; of two keys between the same tables, the one named here counts. */
  readonly namedColumns?: ReadonlySet<string>
  /** Tables already joined to each other; they come first. */
  readonly connected?: readonly string[]
}

type Steps = ReadonlyMap<string, readonly Step[]>

/**
 * Greedily joins each further table by the shortest path of keys; ties go to the path that pairs no
 * unrelated rows, then to better ranked tables, then to names. Tables no path reaches start a part of
 * their own.
 */
export function connectTables(
  catalog: Catalog,
  required: readonly string[],
  options: ConnectionOptions,
): readonly ConnectedTables[] {
  const steps = readSteps(catalog, options.namedColumns ?? new Set())
  const rank = new Map(options.rankedTables.map((table, index) => [table.toLowerCase(), index]))
  const waiting = new Set(required)
  const parts: ConnectedTables[] = []
  let start = options.connected ?? []
  while (waiting.size > 0 || start.length > 0) {
    const first = start.length > 0 ? start : [...waiting].slice(0, 1)
    parts.push(growPart(steps, rank, first, waiting))
    start = []
  }
  return parts
}

function growPart(
  steps: Steps,
  rank: ReadonlyMap<string, number>,
  first: readonly string[],
  waiting: Set<string>,
): ConnectedTables {
  const tables = [...first]
  const relationships: Relationship[] = []
  for (const table of first) waiting.delete(table)
  for (;;) {
    const path = shortestPath(steps, rank, tables, waiting)
    if (path === undefined) return { tables, relationships }
    for (const step of path.steps) {
      tables.push(step.to)
      relationships.push(step.relationship)
      waiting.delete(step.to)
    }
  }
}

/** Searches one key further at a time, so that the first table reached is a nearest one. */
function shortestPath(
  steps: Steps,
  rank: ReadonlyMap<string, number>,
  from: readonly string[],
  targets: ReadonlySet<string>,
): Path | undefined {
  if (targets.size === 0) return undefined
  const reached = new Set(from)
  let level: Path[] = from.map((end) => ({ steps: [], end, turns: 0, rank: 0 }))
  while (level.length > 0) {
    const next = bestPaths(level.flatMap((path) => extend(path, steps, rank, reached)))
    const arrived = next.filter((path) => targets.has(path.end)).sort(comparePaths)
    if (arrived[0] !== undefined) return arrived[0]
    for (const path of next) reached.add(path.end)
    level = next
  }
  return undefined
}

function extend(
  path: Path,
  steps: Steps,
  rank: ReadonlyMap<string, number>,
  reached: ReadonlySet<string>,
): readonly Path[] {
  return (steps.get(path.end) ?? [])
    .filter((step) => !reached.has(step.to))
    .map((step) => ({
      steps: [...path.steps, step],
      end: step.to,
      turns: path.turns + (path.steps.at(-1)?.up === true && !step.up ? 1 : 0),
      rank: path.rank + (rank.get(step.to.toLowerCase()) ?? rank.size),
    }))
}

/** Of the paths with the same end and the same last direction, only the best can matter. */
function bestPaths(paths: readonly Path[]): Path[] {
  const best = new Map<string, Path>()
  for (const path of [...paths].sort(comparePaths)) {
    const key = `${path.steps.at(-1)?.up}:${path.end}`
    if (!best.has(key)) best.set(key, path)
  }
  return [...best.values()]
}

function comparePaths(left: Path, right: Path): number {
  return (
    left.turns - right.turns ||
    left.rank - right.rank ||
    compareText(pathName(left), pathName(right))
  )
}

function pathName(path: Path): string {
  return path.steps.map((step) => step.to).join('\n')
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** Between two tables only one relationship counts: the first whose columns are named, else the first. */
function readSteps(catalog: Catalog, namedColumns: ReadonlySet<string>): Steps {
  const isNamed = ({ from, further = [] }: Relationship) =>
    [from.column, ...further.map((pair) => pair.from)].some((column) =>
      namedColumns.has(`${from.table}.${column}`.toLowerCase()),
    )
  const steps = new Map<string, Step[]>()
  const add = (from: string, step: Step) => {
    const known = steps.get(from) ?? []
    if (!known.some(({ to }) => to === step.to)) steps.set(from, [...known, step])
  }
  const named = catalog.relationships.filter(isNamed)
  for (const relationship of [...named, ...catalog.relationships]) {
    const { from, to } = relationship
    if (from.table === to.table) continue
    add(from.table, { relationship, to: to.table, up: true })
    add(to.table, { relationship, to: from.table, up: false })
  }
  return steps
}
