/**
 * Conditions with their value in front: `'xd' = za.qab`. A network that writes the column first must guess what kind of value
 * it will point at; behind the value it can look where that stands. In the order of the question no value is forgotten.
 */

/** Number of the question's word that a literal begins with; undefined where it does not stand there. */
type PlaceOf = (literal: string) => number | undefined

const literal = String.raw`(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?(?![\w.]))`
const column = String.raw`z\w+\.q\w+(?!\w)`
const sign = '(?:=|!=|<>|<=|>=|<|>)'
/** Behind these a condition begins. */
const begins = String.raw`(?<=\b(?:where|and|or|not|when) |\()`
/** A term of a sum or a product is no value by itself. */
const ends = '(?! [-+*/] )'

/** What else is a text is taken as a whole, so that none is looked into. */
const columnFirst = new RegExp(
  `${begins}(${column}) (${sign}) (${literal})${ends}|'(?:[^']|'')*'`,
  'g',
)
const valueFirst = new RegExp(
  `${begins}(${literal}) (${sign}) (${column})${ends}|'(?:[^']|'')*'`,
  'g',
)
const turned = `${literal} ${sign} ${column}`
/** Conditions that all must hold, and nothing else. */
const listed = new RegExp(
  `(?<=where )${turned}(?: and ${turned})+(?=$|[);]| (?:group|order|limit|union|intersect|except)\\b)`,
  'g',
)
const oneOf = new RegExp(turned, 'g')
const leadingValue = new RegExp(`^${literal}`)

const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
/** The prompt has the borders of a period with their signs, which are copied as they stand. */
const border = /^'\d{4}-\d\d(?:-\d\d.*)?'$/

/** Of SQL in pointers. */
export function putValuesFirst(written: string, placeOf: PlaceOf): string {
  return written
    .replaceAll(columnFirst, (whole, name?: string, compared = '', value = '') =>
      name === undefined || border.test(value)
        ? whole
        : `${value} ${mirrored[compared] ?? compared} ${name}`,
    )
    .replaceAll(listed, (conditions) => inOrder(conditions, placeOf))
}

/** The way back, but for the order of conditions. */
export function putColumnsFirst(written: string): string {
  return written.replaceAll(valueFirst, (whole, value?: string, compared = '', name = '') =>
    value === undefined ? whole : `${name} ${mirrored[compared] ?? compared} ${value}`,
  )
}

/** What stands nowhere comes last. */
function inOrder(conditions: string, placeOf: PlaceOf): string {
  const placed = [...conditions.matchAll(oneOf)].map(([text]) => {
    const [value = ''] = leadingValue.exec(text) ?? []
    return { text, place: placeOf(value) ?? Number.POSITIVE_INFINITY }
  })
  // Infinity less itself is no number.
  const sorted = placed.toSorted((left, right) =>
    left.place === right.place ? 0 : left.place - right.place,
  )
  return sorted.map(({ text }) => text).join(' and ')
}
