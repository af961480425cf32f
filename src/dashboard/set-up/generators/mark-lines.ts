/** Statements in lines, and which lines of one the other does not have. */
import { sqlTokens, type Token, withLineBreaks } from '../../text/sql-tokens.js'

export type Line = readonly Token[]

/** Comparing takes the square of it. */
const maxLines = 400

/** Written in one line each way, so that only what they say can differ. */
export function sqlLines(sql: string): readonly Line[] {
  const tokens = sqlTokens(sql)
  const hasComment = tokens.some(({ kind }) => kind === 'comment')
  const flat = hasComment ? tokens : tokens.map(flattened)
  const lines: Token[][] = [[]]
  for (const { kind, text } of withLineBreaks(flat)) {
    for (const [at, part] of text.split('\n').entries()) {
      if (at > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push({ kind, text: part })
    }
  }
  return lines
}

/** For each line of the first, whether the second has it too, in the same order. Nothing is marked in very long ones. */
export function commonLines(lines: readonly Line[], others: readonly Line[]): readonly boolean[] {
  const [left, right] = [lines.map(textOf), others.map(textOf)]
  if (left.length > maxLines || right.length > maxLines) return left.map(() => true)
  const lengths = commonLengths(left, right)
  const isCommon = left.map(() => false)
  let [at, other] = [0, 0]
  while (at < left.length && other < right.length) {
    if (left[at] === right[other]) {
      isCommon[at] = true
      at += 1
      other += 1
    } else if ((lengths[at + 1]?.[other] ?? 0) >= (lengths[at]?.[other + 1] ?? 0)) at += 1
    else other += 1
  }
  return isCommon
}

/** How many lines the rests from two places on have in common. */
function commonLengths(left: readonly string[], right: readonly string[]) {
  const lengths = Array.from({ length: left.length + 1 }, () => right.map(() => 0).concat(0))
  for (let at = left.length - 1; at >= 0; at -= 1) {
    for (let other = right.length - 1; other >= 0; other -= 1) {
      const row = lengths[at] as number[]
      const next = lengths[at + 1] as number[]
      row[other] =
        left[at] === right[other]
          ? (next[other + 1] ?? 0) + 1
          : Math.max(next[other] ?? 0, row[other + 1] ?? 0)
    }
  }
  return lengths
}

function flattened({ kind, text }: Token): Token {
  return { kind, text: kind === 'plain' ? text.replace(/\s+/g, ' ') : text }
}

function textOf(line: Line): string {
  return line
    .map(({ text }) => text)
    .join('')
    .trim()
}
