/** Finds stored texts that differ from a given one by a letter or two, without comparing them all. */

/** Short words differ from too many others to be guessed. */
const oneEditFrom = 5
const twoEditsFrom = 9

export interface CloseSpelling {
  readonly key: string
  /** 1 − edits / length: below 1, above 0.7. */
  readonly similarity: number
}

export interface SpellingIndex {
  /** Stored keys within the allowed edits, nearest first, ties by key; the text itself is left out. */
  near(text: string): readonly CloseSpelling[]
}

/**
 * With at most d edits, one of d + 1 pieces of the stored key survives unharmed: the first at its
 * place from the start, the last at its place from the end, the middle one moved by at most 1.
 */
export function createSpellingIndex(keys: Iterable<string>): SpellingIndex {
  const byPiece = new Map<string, string[]>()
  for (const key of new Set(keys)) {
    for (const name of filedUnder(key)) {
      const found = byPiece.get(name)
      if (found) found.push(key)
      else byPiece.set(name, [key])
    }
  }
  return { near: (text) => nearKeys(byPiece, text) }
}

function nearKeys(
  byPiece: ReadonlyMap<string, readonly string[]>,
  text: string,
): readonly CloseSpelling[] {
  const edits = editsAllowed(text.length)
  if (edits === 0) return []
  const candidates = new Set(lookUps(text, edits).flatMap((name) => byPiece.get(name) ?? []))
  candidates.delete(text)
  return [...candidates]
    .map((key) => ({ key, edits: editDistance(text, key, editsAllowed(key.length)) }))
    .filter((each) => each.edits <= Math.min(edits, editsAllowed(each.key.length)))
    .sort((a, b) => a.edits - b.edits || (a.key < b.key ? -1 : 1))
    .map((each) => ({
      key: each.key,
      similarity: 1 - each.edits / Math.max(text.length, each.key.length),
    }))
}

function filedUnder(key: string): readonly string[] {
  return pieceRanges(key.length).map(([start, end], piece) =>
    pieceName(key.length, piece, key.slice(start, end)),
  )
}

/** Piece names under which a stored key near `text` must be filed. */
function lookUps(text: string, edits: number): readonly string[] {
  const lengths = Array.from({ length: 2 * edits + 1 }, (_, index) => text.length - edits + index)
  return lengths.flatMap((length) =>
    pieceRanges(length).flatMap((range, piece, ranges) => {
      const isLast = piece === ranges.length - 1
      const letters = lettersOfPiece(text, range, piece === 0, isLast, text.length - length)
      return letters.map((each) => pieceName(length, piece, each))
    }),
  )
}

/** Also with the letters at its border swapped, since one swap can harm two pieces. */
function lettersOfPiece(
  text: string,
  [start, end]: readonly [number, number],
  isFirst: boolean,
  isLast: boolean,
  shift: number,
): readonly string[] {
  if (isFirst) return [text.slice(0, end), text.slice(0, end - 1) + (text[end] ?? '')]
  const from = start + shift
  if (isLast) return [text.slice(from), (text[from - 1] ?? '') + text.slice(from + 1)]
  return [-1, 0, 1].map((move) => text.slice(start + move, end + move))
}

function pieceRanges(length: number): readonly (readonly [number, number])[] {
  const edits = editsAllowed(length)
  if (edits === 0) return []
  const size = length / (edits + 1)
  return Array.from({ length: edits + 1 }, (_, piece) => [
    Math.floor(piece * size),
    Math.floor((piece + 1) * size),
  ])
}

function pieceName(length: number, piece: number, letters: string): string {
  return `${length}:${piece}:${letters}`
}

function editsAllowed(length: number): number {
  if (length >= twoEditsFrom) return 2
  return length >= oneEditFrom ? 1 : 0
}

/** Insertions, deletions, replacements and swaps of neighbours; stops counting past `limit`. */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1
  let before: number[] = []
  let above = Array.from({ length: second.length + 1 }, (_, column) => column)
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= second.length; column += 1) {
      current.push(cheapestEdit(first, second, row, column, { before, above, current }))
    }
    if (Math.min(...current) > limit) return limit + 1
    before = above
    above = current
  }
  return above[second.length] ?? limit + 1
}

interface Rows {
  readonly before: readonly number[]
  readonly above: readonly number[]
  readonly current: readonly number[]
}

function cheapestEdit(
  first: string,
  second: string,
  row: number,
  column: number,
  { before, above, current }: Rows,
): number {
  const isSame = first[row - 1] === second[column - 1]
  const plain = Math.min(
    (above[column] ?? 0) + 1,
    (current[column - 1] ?? 0) + 1,
    (above[column - 1] ?? 0) + (isSame ? 0 : 1),
  )
  const isSwap =
    row > 1 &&
    column > 1 &&
    first[row - 1] === second[column - 2] &&
    first[row - 2] === second[column - 1]
  return isSwap ? Math.min(plain, (before[column - 2] ?? 0) + 1) : plain
}
