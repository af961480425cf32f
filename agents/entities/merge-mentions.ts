/** Joins neighbouring names that mean one column: "customer email", "price of products". */
import type { Item, MentionItem } from './read-items.js'

/** A column named together with its table is certain. */
const certain = 1.1

export function mergeMentions(items: readonly Item[]): readonly Item[] {
  const merged: Item[] = []
  for (const item of items) {
    const joined = item.kind === 'mention' ? joinWithPrevious(merged, item) : undefined
    if (joined) merged.splice(merged.length - joined.replaced, joined.replaced, joined.mention)
    else merged.push(item)
  }
  return merged
}

function joinWithPrevious(items: readonly Item[], current: MentionItem) {
  const previous = items.at(-1)
  if (previous?.kind === 'mention') {
    const mention = within(previous, current, previous, current)
    return mention && { mention, replaced: 1 }
  }
  const linkWords = trailingLinkWords(items)
  const before = items.at(-1 - linkWords)
  if (linkWords === 0 || before?.kind !== 'mention') return undefined
  const mention = within(current, before, before, current)
  return mention && { mention, replaced: linkWords + 1 }
}

/** Number of closing items that read "of (the|all|our)". */
function trailingLinkWords(items: readonly Item[]): number {
  let count = 0
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]
    if (item?.kind !== 'word') return 0
    count += 1
    if (item.word === 'of') return count
    if (!['the', 'all', 'our', 'their', 'each'].includes(item.word)) return 0
  }
  return 0
}

/** The column of `column` that lies in the table `owner` names, spanning both. */
function within(
  owner: MentionItem,
  column: MentionItem,
  first: MentionItem,
  last: MentionItem,
): MentionItem | undefined {
  const table = owner.candidates.find((c) => c.kind === 'table' && c.weight >= 0.5)
  if (!table || owner.verb || column.verb) return undefined
  const columns = column.candidates.filter((c) => c.kind === 'column' && c.table === table.table)
  if (columns.length === 0) return undefined
  return {
    kind: 'mention',
    from: first.from,
    to: last.to,
    phrase: `${first.phrase} ${last.phrase}`,
    candidates: columns.map((candidate) => ({ ...candidate, weight: candidate.weight * certain })),
    money: false,
    verb: false,
  }
}
