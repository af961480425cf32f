/** Finds the existing names a mistaken one most likely meant. */

const worstUsefulScore = 0.5
// Characters compared; no real name is longer, and the work grows with the square.
const comparedLength = 100

/** The `count` candidates most like `name`, nearest first; names with nothing in common are left out. */
export function nearestNames(
  name: string,
  candidates: readonly string[],
  count: number,
): readonly string[] {
  const scored = candidates.map((candidate) => ({ candidate, score: distance(name, candidate) }))
  return scored
    .filter(({ score }) => score <= worstUsefulScore)
    .sort((a, b) => a.score - b.score || compareText(a.candidate, b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/** 0 for the same name, towards 1 for unlike ones: the better of spelling and shared word parts. */
function distance(name: string, candidate: string): number {
  const left = name.slice(0, comparedLength).toLowerCase()
  const right = candidate.slice(0, comparedLength).toLowerCase()
  if (left === right) return 0
  const spelling = editDistance(left, right) / Math.max(left.length, right.length, 1)
  return Math.min(spelling, 1 - sharedParts(left, right) * 0.9)
}

function sharedParts(left: string, right: string): number {
  const leftParts = new Set(wordParts(left))
  const rightParts = new Set(wordParts(right))
  const shared = [...leftParts].filter((part) => rightParts.has(part)).length
  return (2 * shared) / Math.max(leftParts.size + rightParts.size, 1)
}

function wordParts(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const singular = part.length > 3 ? part.replace(/s$/, '') : part
    return singular === '' ? [] : [singular]
  })
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1
      current.push(
        Math.min(
          (current[column - 1] ?? 0) + 1,
          (previous[column] ?? 0) + 1,
          (previous[column - 1] ?? 0) + change,
        ),
      )
    }
    previous = current
  }
  return previous[right.length] ?? 0
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
