/**
 * Asks other tables in the words of known questions: headers and values change places, the wording between them stays.
 * Few of the set's questions are surely right; so their ways to ask meet all its headers.
 */
import { nameWords, pluralOf } from '../../name-words.js'
import type { Random } from '../../random.js'
import { looseName } from './column-name.js'
import { isQuantity } from './likely-value.js'
import {
  isNumeral,
  type WikiAggregate,
  type WikiCondition,
  type WikiQuestion,
  type WikiTable,
} from './wiki-question.js'

/** A stretch of the wording that is a header or a value: the selected column is slot 0, then come the conditions. */
interface Slot {
  readonly slot: number
  readonly of: 'column' | 'value'
  readonly isPlural: boolean
}

export interface QuestionSkeleton {
  readonly parts: readonly (string | Slot)[]
  readonly aggregate?: WikiAggregate
  /** Whether the selected column counts or measures. */
  readonly asksQuantity: boolean
  readonly conditions: readonly {
    readonly operator: WikiCondition['operator']
    readonly isNumber: boolean
  }[]
}

/** Known values by header. */
export type KnownValues = ReadonlyMap<string, readonly string[]>

/** These ask for kinds of things, which not every header is. */
const asksForKind = /\b(who|whom|whose|where|when|people|person|far|long|tall|old|fast)\b/i
const mostTries = 8
/** Conditions that name a value alone, in percent of those whose wording allows it: `with a record of 9-4`, `with 9-4`. */
const unsaidHeaders = 40
const largestNumber = 200
const years = [1950, 2015] as const

/** Undefined where the question does not spell its headers and values, each at one place. */
export function skeletonOf(
  { text, aggregate, column, conditions }: WikiQuestion,
  { columns }: WikiTable,
): QuestionSkeleton | undefined {
  if (asksForKind.test(text)) return undefined
  const nameOf = (number: number) => columns.get(number) ?? ''
  const found = [
    placeOfHeader(nameOf(column), text, 0),
    ...conditions.flatMap((condition, index) => [
      placeOfHeader(nameOf(condition.column), text, index + 1),
      placeOfValue(condition.value, text, index + 1),
    ]),
  ]
  const places = found.filter((place) => place !== undefined)
  if (places.length < found.length) return undefined
  places.sort((left, right) => left.start - right.start)
  if (places.some(({ start }, index) => start < (places[index - 1]?.end ?? 0))) return undefined
  return {
    parts: partsOf(text, places),
    aggregate,
    asksQuantity: isQuantity(looseName(nameOf(column))),
    conditions: conditions.map(({ operator, value }) => ({ operator, isNumber: isNumeral(value) })),
  }
}

interface Place {
  readonly start: number
  readonly end: number
  readonly slot: Slot
}

function partsOf(text: string, places: readonly Place[]): (string | Slot)[] {
  const parts: (string | Slot)[] = []
  let at = 0
  for (const { start, end, slot } of places) {
    parts.push(text.slice(at, start), slot)
    at = end
  }
  return [...parts, text.slice(at)]
}

function placeOfHeader(name: string, text: string, slot: number): Place | undefined {
  const words = nameWords(name)
  const pattern = `(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}]+')}(e?s)?(?![\\p{L}\\p{N}])`
  const places = [...text.matchAll(new RegExp(pattern, 'giu'))]
  const [only] = places
  if (words.length === 0 || only === undefined || places.length > 1) return undefined
  const isPlural = only[1] !== undefined
  return {
    start: only.index,
    end: only.index + only[0].length,
    slot: { slot, of: 'column', isPlural },
  }
}

function placeOfValue(value: string, text: string, slot: number): Place | undefined {
  const start = text.toLowerCase().indexOf(value.toLowerCase())
  if (start < 0 || text.toLowerCase().includes(value.toLowerCase(), start + 1)) return undefined
  return { start, end: start + value.length, slot: { slot, of: 'value', isPlural: false } }
}

/** Undefined where the table has no columns that fit, or none with known values. */
export function askInWordsOf(
  skeleton: QuestionSkeleton,
  { columns }: WikiTable,
  known: KnownValues,
  random: Random,
): Omit<WikiQuestion, 'id'> | undefined {
  for (let tries = 0; tries < mostTries; tries++) {
    const free = [...columns]
    const take = () => free.splice(random.integer(0, free.length - 1), 1)[0]
    const selected = take()
    if (selected === undefined || isQuantity(looseName(selected[1])) !== skeleton.asksQuantity)
      continue
    const conditions = skeleton.conditions.map((condition) => {
      const taken = free.length > 0 ? take() : undefined
      return taken && { taken, ...condition, value: valueFor(taken[1], condition, known, random) }
    })
    const whole = conditions.flatMap((condition) =>
      condition?.value === undefined ? [] : [{ ...condition, value: condition.value }],
    )
    if (whole.length < conditions.length) continue
    const names = [selected[1], ...whole.map(({ taken }) => taken[1])]
    const unsaid = whole.flatMap(({ operator, isNumber }, index) =>
      operator === '=' && !isNumber && random.chance(unsaidHeaders) ? [index + 1] : [],
    )
    return {
      text: unsaid
        .reduce(leaveUnsaid, skeleton.parts)
        .map((part) => spelled(part, names, whole))
        .join(''),
      aggregate: skeleton.aggregate,
      column: selected[0],
      conditions: whole.map(({ taken, operator, value }) => ({
        column: taken[0],
        operator,
        value,
      })),
    }
  }
  return undefined
}

/** Between a header and its value. */
const link = /^ ?(?:(?:of|is|was|are|were|as|named|:|=) ?)?(?:the |an? )?"?$/i
/** Before a header, and what stands there without it. */
const leads: readonly (readonly [RegExp, string])[] = [
  [/\b(with|has|had|have|having|for|of|in|at|on|by|from|and)(?: an?| the| its)? $/i, '$1 '],
  [/\b(?:when|where|if|whose)(?: an?| the| its)? $/i, 'for '],
]

/** The same where the header of `slot` does not stand right before its value, or cannot go without harm. */
function leaveUnsaid(parts: QuestionSkeleton['parts'], slot: number): QuestionSkeleton['parts'] {
  const at = parts.findIndex((part) => isSlot(part, slot, 'column'))
  const [before, between, value] = [parts[at - 1], parts[at + 1], parts[at + 2]]
  if (typeof before !== 'string' || typeof between !== 'string' || !isSlot(value, slot, 'value'))
    return parts
  const lead = leads.find(([pattern]) => pattern.test(before))
  if (!lead || !link.test(between)) return parts
  const quote = between.endsWith('"') ? '"' : ''
  const kept = before.replace(lead[0], lead[1]) + quote
  return [...parts.slice(0, at - 1), kept, ...parts.slice(at + 2)]
}

function isSlot(part: string | Slot | undefined, slot: number, of: Slot['of']): boolean {
  return typeof part === 'object' && part.slot === slot && part.of === of
}

function valueFor(
  name: string,
  { operator, isNumber }: QuestionSkeleton['conditions'][number],
  known: KnownValues,
  random: Random,
): string | undefined {
  const countsOrMeasures = isQuantity(looseName(name))
  if (!countsOrMeasures && (isNumber || operator !== '=')) return undefined
  const values = (known.get(name) ?? []).filter((value) => isNumeral(value) === isNumber)
  if (values.length > 0) return random.pick(values)
  if (!isNumber) return undefined
  const [low, high] = /year|season$|founded/.test(name) ? years : [1, largestNumber]
  return String(random.integer(low, high))
}

function spelled(
  part: string | Slot,
  names: readonly string[],
  conditions: readonly { readonly value: string }[],
): string {
  if (typeof part === 'string') return part
  if (part.of === 'value') return conditions[part.slot - 1]?.value ?? ''
  const words = (names[part.slot] ?? '').replaceAll('_', ' ')
  return part.isPlural ? pluralOf(words) : words
}
