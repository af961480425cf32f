/** Looking for the shape of a phrase among items already read. */
import type { Item, MentionItem } from './item.js'

/** Small words that stand before a name. */
const determiners: ReadonlySet<string> = new Set(
  'a an the its their his her our my your this that each every of all'.split(' '),
)

/** An item's words in lower case; empty past either end. */
export function said(item: Item | undefined): string {
  return item?.phrase.toLowerCase() ?? ''
}

/** The first position from `at` on that holds no determiner. */
export function pastDeterminers(items: readonly Item[], at: number): number {
  let next = at
  while (determiners.has(said(items[next]))) next += 1
  return next
}

export function mentionAt(items: readonly Item[], at: number): MentionItem | undefined {
  const item = items[at]
  return item?.kind === 'mention' ? item : undefined
}

export function isNegation(item: Item | undefined): boolean {
  return (
    item?.kind === 'cue' &&
    (item.cue.kind === 'negate' || (item.cue.kind === 'absent' && /\bnot$/.test(said(item))))
  )
}

/** Items from `from` up to `to` give way to what they say together. */
export function replaceSpan(
  items: readonly Item[],
  from: number,
  to: number,
  replacement: readonly Item[],
): readonly Item[] {
  return [...items.slice(0, from), ...replacement, ...items.slice(to)]
}

/** The span and words of the items from `from` up to `to`. */
export function spanOf(items: readonly Item[], from: number, to: number) {
  const covered = items.slice(from, to)
  return {
    from: covered[0]?.from ?? 0,
    to: covered.at(-1)?.to ?? 0,
    phrase: covered.map((item) => item.phrase).join(' '),
  }
}
