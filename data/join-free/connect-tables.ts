/** Finds the foreign keys that connect a set of tables, adding tables on the way where needed. */
import type { Catalog, Relationship } from '../catalog.js'
import type { StatedJoin, StatedStrength } from './stated-joins.js'
import { otherEnd, statesKey, strengthOf } from './stated-joins.js'

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
  /** What the SQL says itself; it links parts in the stead of keys. */
  readonly equalities?: readonly StatedJoin[]
}

type Steps = ReadonlyMap<string, readonly Step[]>

interface Connecting {
  readonly steps: Steps
  readonly rank: ReadonlyMap<string, number>
  readonly equalities: readonly StatedJoin[]
  readonly strengths: ReadonlyMap<StatedJoin, StatedStrength>
  readonly waiting: Set<string>
  readonly parts: Part[]
}

interface Part {
  readonly tables: string[]
  readonly relationships: Relationship[]
}

/**
 * Greedily joins each further table: by what the SQL states, then by the shortest path of keys; ties go to
 * the path that pairs no unrelated rows, then to better ranked tables, then to names. Tables that keys do
 * not reach, or that the SQL compares with others itself, start a part of their own.
 */
export function connectTables(
  catalog: Catalog,
  required: readonly string[],
  options: ConnectionOptions,
): readonly ConnectedTables[] {
  const equalities = options.equalities ?? []
  const connecting: Connecting = {
    steps: readSteps(catalog, options.namedColumns ?? new Set(), equalities),
    rank: new Map(options.rankedTables.map((table, index) => [table.toLowerCase(), index])),
    equalities,
    strengths: new Map(equalities.map((stated) => [stated, strengthOf(catalog, stated)])),
    waiting: new Set(required),
    parts: [],
  }
  const { parts, waiting } = connecting
  startPart(connecting, options.connected ?? required.slice(0, 1))
  while (waiting.size > 0) {
    const added =
      addStated(connecting, 'key') ||
      addByKeys(connecting, 1) ||
      addStated(connecting, 'loose') ||
      addByKeys(connecting, Number.POSITIVE_INFINITY)
    if (!added) startPart(connecting, [...waiting].slice(0, 1))
  }
  return parts
}

function startPart({ parts, waiting }: Connecting, tables: readonly string[]): void {
  if (tables.length === 0) return
  parts.push({ tables: [...tables], relationships: [] })
  for (const table of tables) waiting.delete(table)
}

/** A stated key of the catalog joins like any key; any other equality starts a part that it links. */
function addStated(connecting: Connecting, strength: StatedStrength): boolean {
  const { parts, waiting, equalities, strengths, steps } = connecting
  for (const equality of equalities.filter((stated) => strengths.get(stated) === strength)) {
    for (const part of parts) {
      for (const table of part.tables) {
        const other = otherEnd(equality, table)
        if (other === undefined || !waiting.has(other)) continue
        const step = steps.get(table)?.find(({ to }) => to === other)
        if (step !== undefined && statesKey(equalities, step.relationship)) {
          addSteps(connecting, part, [step])
        } else startPart(connecting, [other])
        return true
      }
    }
  }
  return false
}

function addByKeys(connecting: Connecting, maxLength: number): boolean {
  const { parts, steps, rank, waiting } = connecting
  for (const part of parts) {
    const path = shortestPath(steps, rank, part.tables, waiting, maxLength)
    if (path === undefined) continue
    addSteps(connecting, part, path.steps)
    return true
  }
  return false
}

function addSteps({ waiting }: Connecting, part: Part, steps: readonly Step[]): void {
  for (const step of steps) {
    part.tables.push(step.to)
    part.relationships.push(step.relationship)
    waiting.delete(step.to)
  }
}

/** Searches one key further at a time, so that the first table reached is a nearest one. */
function shortestPath(
  steps: Steps,
  rank: ReadonlyMap<string, number>,
  from: readonly string[],
  targets: ReadonlySet<string>,
  maxLength: number,
): Path | undefined {
  if (targets.size === 0) return undefined
  const reached = new Set(from)
  let level: Path[] = from.map((end) => ({ steps: [], end, turns: 0, rank: 0 }))
  for (let length = 1; level.length > 0 && length <= maxLength; length++) {
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

/** Between two tables only one relationship counts: one that is stated, else whose columns are named, else the first. */
function readSteps(
  catalog: Catalog,
  namedColumns: ReadonlySet<string>,
  equalities: readonly StatedJoin[],
): Steps {
  const isNamed = ({ from, further = [] }: Relationship) =>
    [from.column, ...further.map((pair) => pair.from)].some((column) =>
      namedColumns.has(`${from.table}.${column}`.toLowerCase()),
    )
  const steps = new Map<string, Step[]>()
  const add = (from: string, step: Step) => {
    const known = steps.get(from) ?? []
    if (!known.some(({ to }) => to === step.to)) steps.set(from, [...known, step])
  }
  const stated = catalog.relationships.filter((relationship) => statesKey(equalities, relationship))
  const named = catalog.relationships.filter(isNamed)
  for (const relationship of [...stated, ...named, ...catalog.relationships]) {
    const { from, to } = relationship
    if (from.table === to.table) continue
    add(from.table, { relationship, to: to.table, up: true })
    add(to.table, { relationship, to: from.table, up: false })
  }
  return steps
}
