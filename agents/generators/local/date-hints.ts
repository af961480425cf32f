/** Chooses which of the times a question names are shown to the model. */
import type { PromptPeriod } from '../../../models/prompts/sql-prompt.js'
import type { Period } from '../../entities/entities.js'
import type { OfferedSchema } from './offered-schema.js'

const maxPeriods = 4
/** Bounds so far out that they mean "open". */
const earliest = '1000-01-01'
const latest = '9000-01-01'

/** Nothing when no column offered holds dates: years kept as numbers are written as the question says them. */
export function dateHintsFor(
  periods: readonly Period[],
  { tables }: OfferedSchema,
): readonly PromptPeriod[] {
  const dated = tables.some(({ columns }) =>
    columns.some(({ kind }) => kind === 'date' || kind === 'timestamp'),
  )
  const hints = dated ? periods.map(bounds).filter(({ start, end }) => start ?? end) : []
  return hints
    .filter(({ start, end }, at) => at === firstWith(hints, start, end))
    .slice(0, maxPeriods)
}

function bounds({ start, end }: Period): PromptPeriod {
  return { ...(start > earliest && { start }), ...(end < latest && { end }) }
}

function firstWith(hints: readonly PromptPeriod[], start?: string, end?: string): number {
  return hints.findIndex((hint) => hint.start === start && hint.end === end)
}
