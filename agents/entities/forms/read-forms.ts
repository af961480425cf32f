/** Whole phrases that ask for one thing made of several names, read before each name gets its own role. */
import type { Catalog } from '../../../data/catalog.js'
import { dropAdverbs } from '../items/drop-adverbs.js'
import { dropPreamble } from '../items/drop-preamble.js'
import type { Item } from '../items/item.js'
import { joinPeriods } from './join-periods.js'
import { readArithmetic } from './read-arithmetic.js'
import { readAttainment } from './read-attainment.js'
import { readAverages, readRowAverages } from './read-averages.js'
import { readColumnBounds } from './read-column-bounds.js'
import { readComparedPeriods } from './read-compared-periods.js'
import { readDurations } from './read-durations.js'
import { readEventNouns } from './read-event-nouns.js'
import { readFlags } from './read-flags.js'
import { readGrowthRanks } from './read-growth-ranks.js'
import { readListedDates } from './read-listed-dates.js'
import { readMeanBounds } from './read-mean-bounds.js'
import { readNewcomers } from './read-newcomers.js'
import { readNullTests } from './read-null-tests.js'
import { readPeriodEnds } from './read-period-ends.js'
import { readPeriodSets } from './read-period-sets.js'
import { readRanges } from './read-ranges.js'
import { readRatios } from './read-ratios.js'
import { readRowLists } from './read-row-lists.js'
import { readSideBySide } from './read-side-by-side.js'
import { readStates } from './read-states.js'
import { readUnitAverages } from './read-unit-averages.js'

type FormReader = (items: readonly Item[], catalog: Catalog, asOf: string) => readonly Item[]

const readers: readonly FormReader[] = [
  dropPreamble,
  dropAdverbs,
  readEventNouns,
  readListedDates,
  readNullTests,
  readFlags,
  readColumnBounds,
  readNewcomers,
  readUnitAverages,
  readGrowthRanks,
  readRowLists,
  readPeriodEnds,
  readComparedPeriods,
  joinPeriods,
  readStates,
  readMeanBounds,
  readPeriodSets,
  readSideBySide,
  readRanges,
  readDurations,
  readArithmetic,
  readAttainment,
  readRowAverages,
  readRatios,
  readAverages,
]

/** `asOf`: the ISO date that "now" means. */
export function readForms(items: readonly Item[], catalog: Catalog, asOf: string): readonly Item[] {
  return readers.reduce((read, reader) => reader(read, catalog, asOf), items)
}
