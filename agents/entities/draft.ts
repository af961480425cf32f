/** What the words of a question ask for, before names are settled on columns: one entry per role. */
import type { ColumnReference } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { Aggregate, Comparator, Filter, Grain, Period, Relation } from './entities.js'
import type { MentionItem } from './items/item.js'

export interface DraftMeasure {
  readonly aggregate?: Aggregate
  readonly distinct: boolean
  readonly mention?: MentionItem
  readonly phrase: string
}

export interface DraftCondition {
  /** What is compared; absent when only an adjective says it ("older than 30"). */
  mention?: MentionItem
  readonly concept?: readonly string[]
  readonly comparator: Comparator
  /** Absent when the bound is the column's own average. */
  readonly number?: number
  /** The number is one of days, weeks, months or years. */
  readonly ofTime?: boolean
  /** Bounds said in one breath ("between 10 and 20") have the same number. */
  readonly band?: number
  /** True for "more than 10 stores": the number counts what is named after it. */
  readonly counts: boolean
  readonly phrase: string
}

/** A period in which something must, or must not, have happened. */
export interface PeriodSet {
  readonly period: Period
  readonly exists: boolean
}

/** One of several kinds told side by side: the rows within bounds, or with a value. */
export interface DraftBand {
  readonly label: string
  readonly conditions?: readonly DraftCondition[]
  readonly value?: DraftValue
}

export interface DraftPart {
  readonly columns: readonly ColumnReference[]
  /** Lower-case words to look for. */
  readonly text: string
  readonly negated: boolean
  readonly phrase: string
}

export interface DraftValue {
  readonly links: readonly ValueLink[]
  readonly negated: boolean
  readonly phrase: string
  /** Position among the question's tokens, to read nearness. */
  readonly at: number
}

/** `cue` is the word that introduced it: "by", "per", "each". */
export type DraftDimension =
  | { readonly mention: MentionItem; readonly cue: string }
  | { readonly grain: Grain; readonly phrase: string; readonly cue: string }

export interface Draft {
  /** What is listed, counted or ranked. */
  subject?: MentionItem
  readonly measures: DraftMeasure[]
  readonly dimensions: DraftDimension[]
  readonly conditions: DraftCondition[]
  readonly values: DraftValue[]
  /** Groups held against the mean of all groups. */
  readonly meanBounds: { readonly mention: MentionItem; readonly comparator: Comparator }[]
  readonly bands: DraftBand[]
  /** Values of one column named together before what has them. */
  readonly sideBySide: DraftValue[]
  /** Conditions settled by the words themselves. */
  readonly filters: Filter[]
  /** Things that must be missing ("without a promotion", "never sold"). */
  readonly absences: MentionItem[]
  /** Things that must exist ("with a return", "who bought"). */
  readonly presences: MentionItem[]
  /** Columns asked for by name in a listing. */
  readonly listed: MentionItem[]
  /** Columns named in a clause about the subject ("that are on …"): they restrict, and are not shown. */
  readonly scopes: MentionItem[]
  /** Names that say which date a period is about ("opened", "joined"). */
  readonly timeHints: MentionItem[]
  /** Of these, the ones in a clause about the subject ("who have been contacted"). */
  readonly scopedHints: MentionItem[]
  readonly periods: Period[]
  readonly periodSets: PeriodSet[]
  /** Words that can only mean that the same was done in several periods. */
  readonly certainSets: string[]
  rank?: {
    direction: 'asc' | 'desc'
    concept?: readonly string[]
    phrase: string
    unlimited?: boolean
    often?: boolean
    profit?: boolean
  }
  order?: { direction?: 'asc' | 'desc'; mention?: MentionItem; concept?: readonly string[] }
  limit?: number
  /** Parts of texts to look for, as LIKE patterns. */
  readonly matches: {
    readonly pattern: string
    readonly mention?: MentionItem
    readonly negated: boolean
    readonly phrase: string
  }[]
  /** The concept a "how big" or "where" asks for. */
  asked?: readonly string[]
  askedAs?: string
  /** "all information about": every column. */
  whole: boolean
  difference: boolean
  cumulative: boolean
  /** Asks how something went, without naming a figure. */
  performs: boolean
  weekend: boolean
  /** Asks for the values themselves, not for one figure over them. */
  spread: boolean
  /** Better ones left out: 1 for "second best". */
  offset: number
  /** Parts of stored names, with the columns that hold them. */
  readonly parts: DraftPart[]
  /** States that last until a later date comes: "open". */
  readonly lasting: MentionItem[]
  /** "without" at the end of what it was said of. */
  openAbsence: boolean
  /** What is there or not is told apart: "with a promotion or without". */
  presenceOf?: MentionItem
  /** Groups kept by comparing their two periods. */
  keeps?: 'more' | 'less'
  /** An aggregate named without what it is of: "median instead". */
  bareAggregate?: Aggregate
  /** How the two measures named together are set against each other. */
  relation?: Relation
  countsGroups: boolean
  compare: boolean
  share: boolean
  growth: boolean
  trend: boolean
  when: boolean
  distinct: boolean
  lists: boolean
  asksWhich: boolean
  asksWho: boolean
  counts: boolean
  /** "average number of": an average over groups of a count. */
  averagesCount: boolean
  /** Content words that nothing in the catalog explains. */
  readonly unknown: string[]
  /** Cue words ("not", "more than") that came to nothing. */
  readonly unused: string[]
}

export function emptyDraft(): Draft {
  return {
    measures: [],
    dimensions: [],
    conditions: [],
    values: [],
    filters: [],
    meanBounds: [],
    bands: [],
    sideBySide: [],
    absences: [],
    presences: [],
    listed: [],
    scopes: [],
    timeHints: [],
    scopedHints: [],
    periods: [],
    periodSets: [],
    certainSets: [],
    matches: [],
    whole: false,
    difference: false,
    cumulative: false,
    performs: false,
    weekend: false,
    spread: false,
    offset: 0,
    parts: [],
    lasting: [],
    openAbsence: false,
    countsGroups: false,
    compare: false,
    share: false,
    growth: false,
    trend: false,
    when: false,
    distinct: false,
    lists: false,
    asksWhich: false,
    asksWho: false,
    counts: false,
    averagesCount: false,
    unknown: [],
    unused: [],
  }
}
