/** Turns the header of a web table into the name that somebody would give the column in a database. */

export const ordinalWords: ReadonlyMap<string, string> = new Map([
  ['1st', 'first'],
  ['2nd', 'second'],
  ['3rd', 'third'],
  ['4th', 'fourth'],
  ['5th', 'fifth'],
])
const longestName = 28

/** In: `YEAR(S)_WON`, `HEIGHT_(M)`, `2ND_LEG`, `PICK_#`. Out: `year_won`, `height_m`, `second_leg`, `pick_number`. */
export function columnName(header: string): string | undefined {
  const plain = header
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[’']/g, '')
    .replaceAll('²', '2')
    .replaceAll('&', ' and ')
  const words = headerWords(plain)
  const name = withoutLeadingNumber(words).join('_')
  const isPlain = /^[a-z][a-z0-9_]*$/.test(name) && name.length <= longestName
  return isPlain && (name.length > 1 || name === 'w' || name === 'd' || name === 'l')
    ? name
    : undefined
}

/** `2011` becomes `year_2011` and `2011_population` `population_2011`: a name does not begin with a digit. */
function withoutLeadingNumber(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words
  if (!/^\d/.test(first)) return words
  if (rest.length > 0) return [...rest, first]
  return /^(1[89]|20)\d\d$/.test(first) ? [`year_${first}`] : []
}

/** In: `TIME/RETIRED`, `HIGH_POINTS`. Out: `time/retired`, `high points`: with its signs, as a question may say it. */
export function saidHeader(header: string): string | undefined {
  const said = header.replaceAll('_', ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim()
  return /[\p{L}\p{N}]/u.test(said) ? said.toLowerCase() : undefined
}

/** In: `TIME/RETIRED`, `pick #`, `home_team`. Out: `time_retired`, `pick_number`, `home_team`: its words alone. */
export function looseName(header: string): string {
  return headerWords(header).join('_')
}

function headerWords(header: string): string[] {
  return header
    .toLowerCase()
    .replaceAll(/\(e?s\)/g, '')
    .replaceAll('%', ' percent ')
    .replaceAll(/#|№/g, ' number ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => ordinalWords.get(word) ?? word)
}
