/** "below 50, between 50 and 200 and above 200", "active and closed stores per region": one figure for each, side by side. */
import type { Draft, DraftBand, DraftCondition, DraftValue } from '../draft.js'
import type { Comparator } from '../entities.js'
import { isNumeric, isTable, type Reading } from './reading.js'

/** Takes bounds that exclude each other, and values named side by side, out of the conditions that must all hold. */
export function splitBands(reading: Reading): void {
  splitBounds(reading)
  splitValues(reading.draft)
}

function splitBounds(reading: Reading): void {
  const { draft } = reading
  const groups = new Map<number, DraftCondition[]>()
  for (const condition of draft.conditions) {
    if (condition.band === undefined) continue
    groups.set(condition.band, [...(groups.get(condition.band) ?? []), condition])
  }
  const bands = [...groups.values()]
  const [first] = bands.flat()
  const about = bands.flat().every(({ mention }) => mention === first?.mention)
  if (bands.length < 2 || !about || draft.measures.length === 0 || !areApart(bands)) return
  const named = namedAfter(reading, first)
  for (const band of bands) {
    const conditions = named ? band.map((bound) => ({ ...bound, mention: named })) : band
    draft.bands.push({ label: labelOf(band), conditions })
    for (const bound of band) draft.conditions.splice(draft.conditions.indexOf(bound), 1)
  }
}

/** No number lies inside two of them. */
function areApart(bands: readonly (readonly DraftCondition[])[]): boolean {
  const spans = bands.map((bounds) => ({
    low: Math.max(
      ...bounds.map((b) => (b.comparator.startsWith('>') ? (b.number ?? 0) : -Infinity)),
    ),
    high: Math.min(
      ...bounds.map((b) => (b.comparator.startsWith('<') ? (b.number ?? 0) : Infinity)),
    ),
  }))
  const sorted = spans.sort((a, b) => a.low - b.low)
  return sorted.every((span, at) => at === 0 || span.low >= (sorted[at - 1]?.high ?? Infinity))
}

/** "… by list price" says what the bounds before it are of. */
function namedAfter(reading: Reading, bound: DraftCondition | undefined) {
  const { draft } = reading
  if (bound?.mention && !isTable(bound.mention)) return undefined
  const at = draft.dimensions.findIndex(
    (d) => 'mention' in d && d.cue === 'by' && isNumeric(reading, d.mention),
  )
  const [named] = at === -1 ? [] : draft.dimensions.splice(at, 1)
  return named && 'mention' in named ? named.mention : undefined
}

const boundWords: Readonly<Partial<Record<Comparator, string>>> = {
  '<': 'below',
  '<=': 'up to',
  '>': 'above',
  '>=': 'from',
}

function labelOf(bounds: readonly DraftCondition[]): string {
  const [low, high] = bounds
  if (low && high) return `between ${low.number} and ${high.number}`
  return `${boundWords[low?.comparator ?? '<'] ?? 'at'} ${low?.number}`
}

/** Only where something is measured for each of several groups; else the values are alternatives. */
function splitValues(draft: Draft): void {
  const values = draft.sideBySide.splice(0)
  const grouped = draft.dimensions.length > 0 && (draft.measures.length > 0 || draft.subject)
  const shown = draft.share || draft.growth || draft.compare || draft.difference || draft.rank
  if (!grouped || shown || draft.bands.length > 0 || isGroupedBy(draft, values)) {
    draft.values.push(...values)
    return
  }
  const bands = values.map((value): DraftBand => ({ label: value.phrase, value }))
  draft.bands.push(...bands)
}

function isGroupedBy({ dimensions }: Draft, values: readonly DraftValue[]): boolean {
  const held = values.flatMap(({ links }) => links.map(({ column }) => column))
  return dimensions.some(
    (d) =>
      'mention' in d &&
      d.mention.candidates.some((c) =>
        held.some(({ table, column }) => table === c.table && column === c.column),
      ),
  )
}
