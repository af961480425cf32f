/** "active and closed stores", "weekend vs weekday": kinds of one thing that are told apart. */
import type { Catalog } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { Item } from '../items/item.js'
import { said, spanOf } from '../items/item-words.js'

export function readSideBySide(items: readonly Item[], _catalog: Catalog): readonly Item[] {
  return readDayKinds(adjoiningValues(askedTwice(items)))
}

/** "how many stores are active and how many are closed": each is counted by itself. */
function askedTwice(items: readonly Item[]): readonly Item[] {
  const [first = -1, second = -1] = items.flatMap((item, at) => (isHowMany(item) ? [at] : []))
  const rows = items[first + 1]
  const of = items.findIndex((_, at) => at > first + 1 && linksOf(items, at))
  const other = items.findIndex((_, at) => at > second && linksOf(items, at))
  const between = [...items.slice(first + 2, of), ...items.slice(of + 1, second)]
  const after = items.slice(second + 1, other).filter((item) => !isRows(item))
  const plain = [...between, ...after].every((item) => item.kind === 'word' || isHave(item))
  const [one, two] = [items[of], items[other]]
  if (first === -1 || second === -1 || !rows || !isRows(rows) || !one || !two) return items
  if (of > second || !plain) return items
  const shared = sharedLinks([linksOf(items, of) ?? [], linksOf(items, other) ?? []])
  if (!shared) return items
  const values = [one, two].map(({ phrase, from }, at) => {
    return { links: shared[at] ?? [], phrase, at: from, negated: false }
  })
  const together: Item = {
    kind: 'side_by_side',
    ...spanOf(items, of, other + 1),
    apart: true,
    values,
  }
  return [...items.slice(0, first + 2), together, ...items.slice(other + 1)]
}

function isHowMany(item: Item): boolean {
  return item.kind === 'cue' && item.cue.kind === 'how_many'
}

/** "have been closed" says no more than "are closed". */
function isHave(item: Item): boolean {
  return item.kind === 'cue' && item.cue.kind === 'possession'
}

/** Values of one column joined by "and" before what has them. */
function adjoiningValues(items: readonly Item[]): readonly Item[] {
  for (let from = 0; from < items.length; from += 1) {
    let to = from
    const values: {
      readonly links: readonly ValueLink[]
      readonly phrase: string
      readonly at: number
    }[] = []
    while (
      linksOf(items, to) ||
      (to > from && said(items[to]) === 'and' && linksOf(items, to + 1))
    ) {
      const links = linksOf(items, to)
      const item = items[to]
      if (links && item) values.push({ links, phrase: item.phrase, at: item.from })
      to += 1
    }
    const joined = items.slice(from, to).some((item) => said(item) === 'and')
    const shared = sharedLinks(values.map(({ links }) => links))
    if (values.length < 2 || !joined || !shared || !isRows(items[to])) continue
    const together: Item = {
      kind: 'side_by_side',
      ...spanOf(items, from, to),
      values: values.map((value, at) => ({ ...value, links: shared[at] ?? [], negated: false })),
    }
    return [...items.slice(0, from), together, ...items.slice(to)]
  }
  return items
}

function linksOf(items: readonly Item[], at: number): readonly ValueLink[] | undefined {
  const item = items[at]
  if (item?.kind === 'value') return item.links
  // "closed stores": a date's verb that is a stored value too.
  return item?.kind === 'mention' ? item.values : undefined
}

function isRows(item: Item | undefined): boolean {
  return item?.kind === 'mention' && item.candidates[0]?.kind === 'table' && !item.verb
}

/** The links of each value to a column that holds them all. */
function sharedLinks(all: readonly (readonly ValueLink[])[]) {
  const key = ({ column }: ValueLink) => `${column.table}.${column.column}`
  const common = (all[0] ?? [])
    .map(key)
    .filter((name) => all.every((links) => links.some((l) => key(l) === name)))
  if (common.length === 0) return undefined
  return all.map((links) => links.filter((link) => common.includes(key(link))))
}

/** Both kinds of day named at once are what is grouped by. */
function readDayKinds(items: readonly Item[]): readonly Item[] {
  const weekend = items.findIndex((item) => item.kind === 'cue' && item.cue.kind === 'weekend')
  const weekday = items.findIndex((item) =>
    /^(weekdays?|working days?|workdays?)$/.test(said(item)),
  )
  if (weekend === -1 || weekday === -1) return items
  const [from, to] = [Math.min(weekend, weekday), Math.max(weekend, weekday)]
  const between = items.slice(from + 1, to)
  const sets = between.every((item) => ['cue', 'word', 'grain'].includes(item.kind))
  if (!sets) return items
  const kinds: Item = { kind: 'grain', grain: 'day_kind', ...spanOf(items, from, to + 1) }
  return [...items.slice(0, from), kinds, ...items.slice(to + 1)]
}
