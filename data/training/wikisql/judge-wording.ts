/**
 * Tells whether a question asks for what its SQL says. The set's headers were put back by guesswork, often
 * swapped, and its crowd of writers often chose the wrong aggregate: a model that knows language better loses
 * good questions than learns such ones.
 */
import { looseName } from './column-name.js'
import { canHold, isQuantity } from './likely-value.js'
import type { Mention } from './mentions.js'
import { distanceTo, findColumn, findValue, questionWords } from './mentions.js'
import type { WikiAggregate, WikiCondition, WikiQuestion } from './wiki-question.js'

const cues: Readonly<Record<WikiAggregate, RegExp>> = {
  COUNT: /^(many|number|count)$/,
  SUM: /^(total|sum|combined|altogether)$/,
  AVG: /^(average|mean)$/,
  MIN: /^(lowest|least|smallest|minimum|min|earliest|fewest|shortest|first|lightest|youngest)$/,
  MAX: /^(highest|most|largest|maximum|max|latest|greatest|biggest|best|longest|last|heaviest|oldest|tallest|newest|recent)$/,
}
/** SQL without an aggregate cannot answer these. */
const surelyAggregate =
  /\b(average|mean|sum|total number|how many times|minimum|maximum|lowest|highest|largest|smallest|earliest|latest|greatest|fewest|most)\b/i
const higher =
  /\b(more|over|above|larger|greater|higher|after|later|bigger|longer|exceed\w*|older|taller|better)\b|>/i
const lower =
  /\b(less|under|below|smaller|lower|before|earlier|fewer|shorter|younger|prior|lighter)\b|</i

/** What these words ask for is named otherwise in a table. */
const askedBy: readonly (readonly [RegExp, RegExp])[] = [
  [/\bwhen\b/i, /date|year|season|day|time|founded|built|opened/],
  [/\bwhere\b/i, /location|venue|place|city|country|site|stadium|ground|state|hometown|county/],
  [/\bwhat day\b/i, /date/],
  [
    /\bwho\b/i,
    /player|driver|name|winner|rider|candidate|incumbent|artist|opponent|director|writ|champion|author|coach|manager|owner|athlete|actor|host|skip|captain|nominee|by$|runner|successor|leader/,
  ],
  [/\b(what|which) team\b/i, /team|club|opponent|visitor|home|away/],
  [/\bhow many people|attend|spectators|fans\b/i, /attendance|crowd/],
  [/\bhow (far|long)\b/i, /distance|length|duration/],
  [/\bhow (tall|high)\b/i, /height|elevation/],
]

export type WordingVerdict = 'sure' | 'doubtful' | 'wrong'

/** Doubtful is what lacks one sign; of those that lack more, most have swapped headers. */
export function judgeWording(
  question: WikiQuestion,
  headers: ReadonlyMap<number, string>,
): WordingVerdict {
  const columns = new Map([...headers].map(([number, header]) => [number, looseName(header)]))
  const nameOf = (number: number) => columns.get(number) ?? ''
  const { conditions } = question
  if (!conditions.every(({ column, value }) => canHold(nameOf(column), value))) return 'wrong'
  const words = questionWords(question.text)
  const mentions = exclusive(
    new Map([...columns].map(([number, name]) => [number, findColumn(name, words)])),
    [question.column, ...conditions.map(({ column }) => column)],
  )
  const lacking = [
    !namesOther(question, columns, mentions),
    asksFor(question, nameOf(question.column), mentions),
    aggregates(question, nameOf(question.column), words, mentions),
    conditions.every((condition) => saysOperator(question.text, condition)),
    conditions.every((condition) => standsAtItsColumn(condition, question, words, mentions)),
    conditions.filter(({ column }) => mentions.get(column)?.at.length === 0).length <= 1,
  ].filter((hasSign) => !hasSign).length
  return lacking === 0 ? 'sure' : lacking === 1 ? 'doubtful' : 'wrong'
}

type Mentions = ReadonlyMap<number, Mention>

/** Of columns that share words (`home_team`, `away_team`), each keeps its own words' places where it has some. */
function exclusive(mentions: Mentions, used: readonly number[]): Mentions {
  return new Map(
    [...mentions].map(([number, { at, whole }]) => {
      const others = new Set(
        used.flatMap((other) => (other === number ? [] : (mentions.get(other)?.at ?? []))),
      )
      const own = at.filter((position) => !others.has(position))
      return [number, { at: own.length > 0 || !whole ? own : at, whole }]
    }),
  )
}

/** A header that stands in the question in full, and not within a used one, belongs into the SQL. */
function namesOther(
  { column, conditions }: WikiQuestion,
  columns: ReadonlyMap<number, string>,
  mentions: Mentions,
): boolean {
  const used = [column, ...conditions.map((condition) => condition.column)]
  const taken = new Set(
    used.flatMap((number) => {
      const mention = mentions.get(number)
      return mention?.whole ? mention.at : []
    }),
  )
  return [...columns.keys()].some((number) => {
    const mention = mentions.get(number)
    if (used.includes(number) || !mention?.whole) return false
    return mention.at.some((position) => !taken.has(position))
  })
}

function asksFor({ text, column }: WikiQuestion, name: string, mentions: Mentions): boolean {
  return (mentions.get(column)?.at.length ?? 0) > 0 || isKindAsked(text, name)
}

/** `who` asks for a `player`, `when` for a `date`. */
export function isKindAsked(text: string, name: string): boolean {
  return askedBy.some(([asks, names]) => asks.test(text) && names.test(name))
}

function aggregates(
  { text, aggregate, column, conditions }: WikiQuestion,
  name: string,
  words: readonly string[],
  mentions: Mentions,
): boolean {
  const own = mentions.get(column)?.at ?? []
  if (aggregate === undefined) {
    return (
      !surelyAggregate.test(text) && (!/\b(how many|number of)\b/i.test(text) || isQuantity(name))
    )
  }
  const ofNames = new Set([...mentions.values()].flatMap(({ at, whole }) => (whole ? at : [])))
  const cue = words.findIndex((word, at) => cues[aggregate].test(word) && !ofNames.has(at))
  if (cue < 0 || (aggregate === 'COUNT') === isQuantity(name)) return false
  const others = conditions.flatMap((condition) => mentions.get(condition.column)?.at ?? [])
  const fromCue = (at: readonly number[]) =>
    distanceTo(
      [cue, cue],
      at.filter((one) => one > cue),
    )
  return own.length === 0 || fromCue(own) < fromCue(others)
}

function saysOperator(text: string, { operator }: WikiCondition): boolean {
  if (operator === '=') return true
  return operator === '>' ? higher.test(text) : lower.test(text)
}

/** In words: a condition's column as near as this is meant by the value. */
const near = 3
const links = new Set(['of', 'is', 'was', 'are', 'as', 'at', 'than', 'number', 'being', 'wa'])

/** Its own column is the nearest to a value; where that is not named, no other one stands right at the value. */
function standsAtItsColumn(
  { column, operator, value }: WikiCondition,
  question: WikiQuestion,
  words: readonly string[],
  mentions: Mentions,
): boolean {
  const place = findValue(value, words)
  if (place === undefined) return false
  if (operator === '=' && words[place[0] - 1] === 'than') return false
  const own = mentions.get(column)?.at ?? []
  const others = [question.column, ...question.conditions.map((condition) => condition.column)]
    .filter((other) => other !== column)
    .flatMap((other) => mentions.get(other)?.at ?? [])
  if (own.length > 0) return distanceTo(place, own) <= distanceTo(place, others)
  if (operator !== '=') return false
  const [first, last] = place
  const before = links.has(words[first - 1] ?? '') ? first - 2 : first - 1
  const besides = question.conditions
    .filter((other) => other.column !== column)
    .flatMap((other) => mentions.get(other.column)?.at ?? [])
  return distanceTo(place, besides) > near && !others.includes(before) && !others.includes(last + 1)
}
