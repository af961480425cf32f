/** Raw numbers: how one of them spreads (histogram) and how two hang together (scatter). */
import { sentenceCase } from '../text/humanise.js'
import type { ChartChoice, ScatterSpec } from './chart-choice.js'
import { type ChartFacts, keysOf, numberAt, numberStyle } from './chart-facts.js'
import { type ColumnRole, categoryLabel, type Rows } from './column-roles.js'
import { countIntoBins } from './count-into-bins.js'
import { maxColours, maxPoints, thin } from './limits.js'

/** Fewer numbers than this have no distribution worth drawing. */
const minSpreadRows = 8
const minScatterRows = 3

export function chooseHistogram(facts: ChartFacts): ChartChoice | undefined {
  const { rows, roles, measures, dimensions, aggregated, request } = facts
  const [measure] = measures
  const asked = request.kind === 'histogram' || (request.spread && request.kind === undefined)
  if (!measure || rows.length < minSpreadRows || aggregated === true) return undefined
  if (dimensions.length === 0 ? measures.length > 1 : !asked) return undefined
  if (!asked && roles.length > 2) return undefined
  if (keysOf(rows, [measure]).size < minSpreadRows / 2) return undefined
  const numbers = rows.flatMap((row) => numberAt(row, measure) ?? [])
  return {
    kind: 'histogram',
    warnings: [],
    spec: {
      title: sentenceCase(`distribution of ${measure.label}`),
      valueTitle: sentenceCase(measure.label),
      style: numberStyle(measure, rows),
      bins: countIntoBins(numbers),
    },
  }
}

export function chooseScatter(facts: ChartFacts): ChartChoice | undefined {
  const { rows, measures, dimensions, request, aggregated } = facts
  const [first, second] = measures
  const asked = request.kind === 'scatter' || (request.relation && !request.kind)
  if (!first || rows.length < minScatterRows) return undefined
  if (!second) return isStrip(facts) ? stripOf(facts) : undefined
  if (dimensions.length > 0 && !asked) return undefined
  if (measures.length > 2 && !asked && aggregated === false) return undefined
  const [dimension] = dimensions
  const grouped =
    dimension?.role === 'category' && keysOf(rows, [dimension]).size <= maxColours
      ? dimension
      : undefined
  return scatterOf(facts, { x: first, y: second, group: grouped, label: dimension })
}

/** A few categories with many raw numbers each: one strip of points per category. */
function isStrip({ rows, measures, dimensions, aggregated }: ChartFacts): boolean {
  const [dimension] = dimensions
  if (!dimension || dimensions.length > 1 || measures.length !== 1 || aggregated === true)
    return false
  const distinct = keysOf(rows, [dimension]).size
  return dimension.role === 'category' && distinct <= maxColours && rows.length >= distinct * 3
}

function stripOf(facts: ChartFacts): ChartChoice | undefined {
  const [measure] = facts.measures
  const [dimension] = facts.dimensions
  return measure && dimension ? scatterOf(facts, { x: dimension, y: measure }) : undefined
}

interface ScatterFields {
  readonly x: ColumnRole
  readonly y: ColumnRole
  readonly group?: ColumnRole | undefined
  readonly label?: ColumnRole | undefined
}

function scatterOf({ rows }: ChartFacts, fields: ScatterFields): ChartChoice {
  const { x, y } = fields
  const drawable = rows.filter(
    (row) => numberAt(row, y) !== null && (x.role !== 'measure' || numberAt(row, x) !== null),
  )
  const kept = thin(drawable, maxPoints)
  return {
    kind: 'scatter',
    warnings: kept.warnings,
    spec: {
      title: `${sentenceCase(y.label)} by ${x.label}`,
      xTitle: sentenceCase(x.label),
      yTitle: sentenceCase(y.label),
      style: numberStyle(y, rows),
      categories: x.role !== 'measure',
      groups: groupsOf(kept.items, fields),
    },
  }
}

function groupsOf(rows: Rows, { x, y, group, label }: ScatterFields): ScatterSpec['groups'] {
  const names = new Map<string, Rows[number][]>()
  for (const row of rows) {
    const name = group ? categoryLabel(group, row[group.index] ?? null) : ''
    const members = names.get(name)
    if (members) members.push(row)
    else names.set(name, [row])
  }
  return [...names].map(([name, members]) => ({
    name,
    x: members.map((row) =>
      x.role === 'measure' ? (numberAt(row, x) ?? 0) : categoryLabel(x, row[x.index] ?? null),
    ),
    y: members.map((row) => numberAt(row, y) ?? 0),
    labels: label ? members.map((row) => categoryLabel(label, row[label.index] ?? null)) : [],
  }))
}
