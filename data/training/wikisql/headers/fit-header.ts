/** How well a column's questions go with a header: where they name it, and what they compare it with. */
import { isKindAsked } from '../judge-wording.js'
import { isQuantity } from '../likely-value.js'
import { distanceTo, findValue, type Mention } from '../mentions.js'
import type { WrittenCondition } from '../wiki-lines.js'
import type { HeaderCandidate, QuestionInWords } from './find-headers.js'
import type { ValueEvidence } from './value-evidence.js'

/** Chosen by hand in the measure of `ValueEvidence`. */
const says = {
  selected: 2,
  selectedInPart: 1,
  asked: 2,
  besideValue: 3,
  nearValue: 2,
  inQuestion: 1,
  kind: 1,
} as const
/** These ask for the header that comes next, with small words between. */
const asking = new Set('what which who whose name many list give tell state'.split(' '))
const betweenWords = new Set(
  'is was are were the a an of me total number all average highest lowest most least'.split(' '),
)
/** In words between a value and a header. */
const beside = 2
const near = 4

/** In natural logarithms, roughly: 0 says nothing. */
export function fitOf(
  column: number,
  header: HeaderCandidate,
  questions: readonly QuestionInWords[],
  evidence: ValueEvidence,
): number {
  const fits = questions.map((question, at) => {
    const mention = header.mentions[at]
    if (mention === undefined) return 0
    const asked = question.column === column ? fitAsSelected(header, mention, question) : 0
    const compared = question.conditions
      .filter((condition) => condition.column === column)
      .map((condition) => fitAsCondition(header, mention, condition, question, evidence))
    return compared.reduce((sum, one) => sum + one, asked)
  })
  return fits.reduce((sum, one) => sum + one, 0)
}

function fitAsSelected(
  { name }: HeaderCandidate,
  { at, whole }: Mention,
  question: QuestionInWords,
): number {
  const { text, aggregate } = question
  const calculates = aggregate !== undefined && aggregate !== 'COUNT'
  const kind = calculates ? fitAsQuantity(name) : 0
  if (at.length === 0) return kind + (isKindAsked(text, name) ? says.selectedInPart : 0)
  const asked = at.some((position) => isAskedAt(position, question.words)) ? says.asked : 0
  return kind + asked + (whole ? says.selected : says.selectedInPart)
}

function fitAsCondition(
  { name }: HeaderCandidate,
  { at }: Mention,
  { operator, value }: WrittenCondition,
  { words }: QuestionInWords,
  evidence: ValueEvidence,
): number {
  const kind = operator === '=' ? 0 : fitAsQuantity(name)
  const held = kind + evidence.of(name, value)
  if (at.length === 0) return held
  if (at.every((position) => isAskedAt(position, words))) return held - says.asked
  const place = findValue(value, words)
  const distance = place ? distanceTo(place, at) : Number.POSITIVE_INFINITY
  if (distance <= beside) return held + says.besideValue
  return held + (distance <= near ? says.nearValue : says.inQuestion)
}

function fitAsQuantity(name: string): number {
  return isQuantity(name) ? says.kind : -says.kind
}

function isAskedAt(position: number, words: readonly string[]): boolean {
  let before = position - 1
  while (before >= 0 && betweenWords.has(words[before] ?? '')) before--
  return asking.has(words[before] ?? '')
}
