/** Finds stored values by the beginning of one of their words. */
import type { StoredValue, StoredValues } from './stored-values.js'

/** At most `count` values, those that begin so before those with such a word inside; few-valued columns first. */
export type BegunValues = (words: string, count: number) => readonly StoredValue[]

/** One long text of all values, a line each, is searched many times faster than the values one by one. */
export function createBegunValues({ byWords }: Pick<StoredValues, 'byWords'>): BegunValues {
  const lines = `\n${[...byWords.keys()].join('\n')}\n`
  return (words, count) => {
    const keys = new Set([
      ...linesWith(lines, `\n${words}`, count),
      ...linesWith(lines, ` ${words}`, count),
    ])
    return [...keys].slice(0, count).flatMap((key) => byWords.get(key)?.[0] ?? [])
  }
}

function linesWith(lines: string, part: string, count: number): readonly string[] {
  const found: string[] = []
  let at = lines.indexOf(part)
  while (at >= 0 && found.length < count) {
    const end = lines.indexOf('\n', at + part.length)
    found.push(lines.slice(lines.lastIndexOf('\n', at) + 1, end))
    at = lines.indexOf(part, end)
  }
  return found
}
