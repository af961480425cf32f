/** Second thoughts on roles that only the whole question can settle. Changes the draft it is given. */
import type { Draft } from '../draft.js'
import type { MentionItem } from '../items/item.js'

export function completeDraft(draft: Draft): Draft {
  releasePeriodSets(draft)
  releaseHints(draft)
  releaseWhich(draft)
  compareWithWithout(draft)
  compareMoreAndLess(draft)
  compareEither(draft)
  extremeInGroups(draft)
  listBoundedRows(draft)
  spreadValues(draft)
  listPlainNumbers(draft)
  listEachOne(draft)
  countMostCommon(draft)
  groupByListed(draft)
  return draft
}

/** "revenue in 2024 and in 2025" tells both; only what someone did is looked for in each. */
function releasePeriodSets(draft: Draft): void {
  const done = draft.presences.length > 0 || draft.timeHints.length > 0
  if (done || draft.certainSets.length > 0) return
  draft.periods.push(...draft.periodSets.splice(0).map(({ period }) => period))
}

/** A date word without any period to apply it to was a value ("closed stores") or asks for the date. */
function releaseHints(draft: Draft): void {
  const timed =
    draft.periods.length > 0 ||
    draft.periodSets.length > 0 ||
    draft.dimensions.some((d) => 'grain' in d)
  keepLasting(draft)
  if (timed || draft.trend) return
  for (const hint of draft.timeHints.splice(0)) {
    const links = hint.values
    // "the earliest opening store" is ranked by the date, which needs no showing.
    if (draft.rank?.concept?.includes('date') && !draft.when) continue
    if (/^(open|ongoing)$/i.test(hint.phrase) && !draft.when) draft.lasting.push(hint)
    else if (links && !draft.when) {
      draft.values.push({ links, negated: false, phrase: hint.phrase, at: hint.from })
    } else if (draft.scopedHints.includes(hint)) draft.scopes.push(hint)
    else draft.listed.push(hint)
  }
}

/** "opened before 2020 and still open": the period is of the first, the second holds to this day. */
function keepLasting({ timeHints, lasting }: Draft): void {
  const open = timeHints.findIndex(({ phrase }) => /^(open|ongoing)$/i.test(phrase))
  if (open > 0) lasting.push(...timeHints.splice(open, 1))
}

/** "Which city is it in" asks for the city; only with something to measure does "which" group by it. */
function releaseWhich(draft: Draft): void {
  const measures = draft.measures.length > 0 || draft.counts || draft.rank !== undefined
  const bounds = draft.conditions.some((condition) => condition.counts)
  if (measures || bounds || draft.compare || draft.share || draft.growth || draft.trend) return
  for (const dimension of draft.dimensions.filter((d) => d.cue === 'which')) {
    draft.dimensions.splice(draft.dimensions.indexOf(dimension), 1)
    if ('mention' in dimension) draft.listed.push(dimension.mention)
  }
}

/** "with a promotion or without": both kinds are wanted, told apart. */
function compareWithWithout(draft: Draft): void {
  if (!draft.openAbsence) return
  const mention = draft.presences.pop()
  if (!mention) return
  draft.presenceOf = mention
  // "bigger with or without" shows both rather than the bigger one.
  draft.rank = undefined
}

/** "Which stores made less in 2025 than in 2024" keeps groups instead of ranking them. */
function compareMoreAndLess(draft: Draft): void {
  const words = /^(more|higher|better|bigger|larger|less|lower|fewer|worse|smaller)$/i
  const compares = draft.rank && words.test(draft.rank.phrase) && draft.periods.length === 2
  // "Did we sell more in 2025 than in 2024?" is answered by both figures.
  if (compares && !draft.subject && draft.dimensions.length === 0) draft.rank = undefined
  if (!compares || !draft.subject || !draft.asksWhich) return
  draft.keeps = draft.rank?.direction === 'desc' ? 'more' : 'less'
  draft.rank = undefined
}

/** "Who spends more, businesses or consumers?" is answered by the figures of both. */
function compareEither(draft: Draft): void {
  const { rank, values, dimensions } = draft
  const either = /^(more|higher|better|bigger|larger|less|lower|fewer|worse|smaller)$/i
  const [first, ...others] = values.filter(({ negated }) => !negated)
  if (!rank || !either.test(rank.phrase) || dimensions.length > 0 || others.length === 0) return
  const shared = first?.links.some(({ column }) =>
    others.every(({ links }) =>
      links.some((l) => l.column.table === column.table && l.column.column === column.column),
    ),
  )
  // "which hotels in Kiel or Ulm sell more" ranks the hotels.
  const ranksSubject = draft.subject !== undefined && !draft.asksWho
  if (!shared || ranksSubject || draft.periods.length > 1) return
  draft.rank = undefined
  draft.compare = true
}

/** "highest grade by subject" is each subject's highest, not the subject that leads. */
function extremeInGroups(draft: Draft): void {
  const { rank, dimensions, measures } = draft
  const grouped =
    dimensions.length > 0 &&
    dimensions.every((d) => /^(by|per|each|for each|in each)$/i.test(d.cue))
  const plain = measures.every((m) => m.aggregate === undefined && m.mention && !m.mention.money)
  const extreme = /^(highest|lowest|largest|smallest|biggest|greatest)$/i.test(rank?.phrase ?? '')
  if (!extreme || !grouped || !plain || draft.subject || draft.limit !== undefined) return
  const aggregate = rank?.direction === 'asc' ? 'min' : 'max'
  measures.splice(0, measures.length, ...measures.map((m) => ({ ...m, aggregate }) as const))
  draft.rank = undefined
}

/** "sales over 5000" are the rows themselves, not their sum. */
function listBoundedRows(draft: Draft): void {
  const at = draft.measures.findIndex(
    (m) =>
      m.aggregate === undefined &&
      m.mention?.candidates[0]?.kind === 'table' &&
      draft.conditions.some((c) => c.mention === m.mention && !c.counts),
  )
  if (at === -1 || draft.subject || draft.dimensions.length > 0 || draft.rank) return
  const [bounded] = draft.measures.splice(at, 1)
  if (draft.measures.length === 0) draft.subject = bounded?.mention
}

/** "distribution of sizes" lists every size; of something counted it counts each kind. */
function spreadValues(draft: Draft): void {
  if (!draft.spread || draft.dimensions.length > 0) return
  const plain = draft.measures.filter((m) => m.aggregate === undefined && m.mention)
  if (plain.length > 0) {
    draft.measures.splice(0)
    draft.listed.splice(0, draft.listed.length, ...plain.flatMap((m) => m.mention ?? []))
    draft.subject = undefined
    return
  }
  for (const mention of draft.listed.splice(0)) draft.dimensions.push({ mention, cue: 'spread' })
}

/** "names and prices of …" shows the prices; it does not average them. */
function listPlainNumbers(draft: Draft): void {
  const plain = draft.measures.every((m) => m.aggregate === undefined && !m.mention?.money)
  const listing = draft.listed.length > 0 && draft.dimensions.length === 0 && !draft.trend
  if (!plain || !listing || draft.rank || draft.share || draft.growth) return
  draft.listed.push(...draft.measures.splice(0).flatMap((m) => m.mention ?? []))
}

/** "the name of every customer" is a listing; only with something to measure does "every" group. */
function listEachOne(draft: Draft): void {
  const { measures, conditions, dimensions } = draft
  const asksFigure = measures.length > 0 || draft.counts || conditions.some((c) => c.counts)
  const shaped = draft.rank || draft.trend || draft.compare || draft.growth || draft.share
  if (asksFigure || shaped || draft.listed.length === 0) return
  for (const dimension of dimensions.filter((d) => /^(of|for|in)? ?(each|every)$/i.test(d.cue))) {
    if (!('mention' in dimension)) continue
    dimensions.splice(dimensions.indexOf(dimension), 1)
    const isTable = dimension.mention.candidates[0]?.kind === 'table'
    if (isTable && draft.subject === undefined) draft.subject = dimension.mention
    else if (!isTable) draft.listed.unshift(dimension.mention)
  }
}

/** "the type of the most common policy" counts the policies of each type. */
function countMostCommon(draft: Draft): void {
  const { rank, listed, measures, dimensions, subject } = draft
  const own = listed.every((mention) =>
    mention.candidates.some(({ table }) => table === subject?.candidates[0]?.table),
  )
  const named = listed.some(({ phrase }) => /\b(name|title)s?\b/i.test(phrase))
  if (!rank?.often || listed.length === 0 || !own || named) return
  if (measures.length > 0 || dimensions.length > 0) return
  for (const mention of listed.splice(0)) dimensions.push({ mention, cue: 'rank' })
  draft.subject = undefined
}

/** "the company with the largest sales", where sales are a column of companies. */
function holds(table: string | undefined, { candidates }: MentionItem): boolean {
  return candidates.some((c) => c.kind === 'column' && c.table === table && c.weight >= 0.75)
}

/** "The card types and the number of transactions": what is shown beside an aggregate is what it is grouped by. */
function groupByListed(draft: Draft): void {
  const ranked = draft.rank ? draft.subject?.candidates[0]?.table : undefined
  const aggregated = draft.measures.some(
    (m) => m.aggregate !== undefined || (m.mention?.money && !holds(ranked, m.mention)),
  )
  // "publishers with more than 2 books", where publishers are a column of the books.
  const bounded = draft.subject === undefined && draft.conditions.some((c) => c.counts)
  const ofEach = draft.dimensions.every((d) => 'mention' in d && /\b(each|every)$/i.test(d.cue))
  if (!(aggregated || bounded) || !ofEach) return
  for (const mention of draft.listed.splice(0)) draft.dimensions.push({ mention, cue: 'list' })
}
