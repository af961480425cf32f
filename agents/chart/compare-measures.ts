/** Which measures may share one axis, and which of them are one measure in several periods. */
import { sentenceCase } from '../text/humanise.js'
import { numberAt, numberStyle } from './chart-facts.js'
import type { ColumnRole, Rows } from './column-roles.js'
import { maxColours } from './limits.js'

/** Measures further apart than this would flatten each other on one axis. */
const maxScaleRatio = 20

const periodWords =
  /\b(?:\d{2,4}|q[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|this|last|previous|current|year|month)\b/gi

/** A label without its years, months and quarters: `sales 2023` → `sales`. */
export function stemOf(label: string): string {
  return label.replace(periodWords, '').replace(/\s+/g, ' ').trim()
}

/** The words several labels share once periods are taken out; undefined when they are different measures. */
export function sharedStem(measures: readonly ColumnRole[]): string | undefined {
  const stems = new Set(measures.map(({ label }) => stemOf(label)))
  const varied = new Set(measures.map(({ label }) => label)).size === measures.length
  return measures.length > 1 && stems.size === 1 && varied ? [...stems][0] : undefined
}

/** What is left of a label beside the shared words: `sales 2023` → `2023`. */
export function withoutStem(label: string, stem: string | undefined): string {
  const rest = stem ? label.replace(stem, '').replace(/\s+/g, ' ').trim() : label
  return sentenceCase(rest || label)
}

/** The measures of the first one's size and kind; the others need an axis of their own. */
export function sameScale(measures: readonly ColumnRole[], rows: Rows): readonly ColumnRole[] {
  const [primary] = measures
  if (!primary) return []
  const style = numberStyle(primary, rows)
  const size = largest(rows, primary) || 1
  const alike = measures.filter((measure) => {
    const ratio = (largest(rows, measure) || 1) / size
    const sameKind =
      isShare(style) || isShare(numberStyle(measure, rows))
        ? numberStyle(measure, rows) === style
        : true
    return sameKind && ratio <= maxScaleRatio && ratio >= 1 / maxScaleRatio
  })
  return [primary, ...alike.filter((measure) => measure !== primary)].slice(0, maxColours)
}

export function leftOut(
  measures: readonly ColumnRole[],
  drawn: readonly ColumnRole[],
): readonly string[] {
  const missing = measures.filter((measure) => !drawn.includes(measure))
  if (missing.length === 0) return []
  const names = missing.map(({ label }) => sentenceCase(label)).join(', ')
  return [`${names}: on another scale, so only in the table.`]
}

function isShare(style: string): boolean {
  return style === 'fraction' || style === 'percent'
}

function largest(rows: Rows, measure: ColumnRole): number {
  return rows.reduce((most, row) => Math.max(most, Math.abs(numberAt(row, measure) ?? 0)), 0)
}
