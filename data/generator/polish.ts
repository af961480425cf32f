/** Says a question the many ways people do: politely, tersely, in lower case, without a question mark. */
import type { Random } from '../random.js'

/** What a question says before its last polish. */
export interface Phrase {
  /** In lower case but for names, without a mark at its end. */
  readonly text: string
  /** What may be said around it: a noun phrase takes "show me the …", a listing "list …"; a question and a command stand alone. */
  readonly form: 'noun' | 'listing' | 'question' | 'command'
}

const nounFrames = [
  'show me the {}',
  'show {}',
  'give me the {}',
  'i need the {}',
  'i want to see the {}',
  'can you give me the {}?',
  'could you show me the {}?',
  'please show the {}',
  'tell me the {}',
  '{} please',
  'we need the {}',
  'get me the {}',
]
const listingFrames = [
  'list {}',
  'list all {}',
  'show me {}',
  'show all {}',
  'give me {}',
  'give me a list of {}',
  'can you list {}?',
  'i need a list of {}',
  'please list {}',
  '{} please',
  'find {}',
]
const questionFrames = [
  'can you tell me {}?',
  'do you know {}?',
  'i would like to know {}',
  'tell me {}',
]
/** Questions that keep their order of words inside another sentence. */
const embeddable = /^(how many|which) /
const inverted = /\b(are there|do we have|did we|were there|do|does|did|are|is)\b/

export function polish({ text, form }: Phrase, random: Random): string {
  const said =
    form === 'noun'
      ? nounSaid(text, random)
      : form === 'listing'
        ? listed(text, random)
        : form === 'command'
          ? text
          : questioned(text, random)
  const tidy = said
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',')
    .replaceAll(/\ba (?=a|e|i|o)/g, 'an ')
    .replaceAll(/\b(?:total|overall) total\b/g, 'total')
  return punctuated(tidy.trim(), random)
}

function nounSaid(text: string, random: Random): string {
  const choice = random.weighted([38, 32, 30])
  if (choice === 0) return text
  if (choice === 1) return random.pick(nounFrames).replace('{}', () => text)
  return `${whatIs(text, random)} the ${text}?`
}

/** "What are the total fees", "what was the average fee". */
export function whatIs(text: string, random: Random): string {
  const head =
    text.split(
      / (?:of|per|by|in|for|from|with|that|who|sorted|ranked|last|this|since|where|during|on|between|before|after) /,
    )[0] ?? ''
  const isPlural = /[^su]s$/.test(head)
  return `what ${random.pick(isPlural ? ['are', 'were', 'are'] : ['is', 'was', 'is'])}`
}

function listed(text: string, random: Random): string {
  return random.chance(25) ? text : random.pick(listingFrames).replace('{}', () => text)
}

function questioned(text: string, random: Random): string {
  const framed = embeddable.test(text) && !inverted.test(text) && random.chance(22)
  return framed ? random.pick(questionFrames).replace('{}', () => text) : `${text}?`
}

/** People rarely mind capitals and marks at a machine. */
function punctuated(text: string, random: Random): string {
  const unmarked = text.replace(/\?$/, '')
  const isAsked = unmarked !== text
  const mark = isAsked ? (random.chance(65) ? '?' : '') : random.chance(15) ? '.' : ''
  const capital = random.chance(58)
  const said = unmarked.replace(/^i /, random.chance(70) ? 'I ' : 'i ')
  return `${capital ? said.charAt(0).toUpperCase() + said.slice(1) : said}${mark}`
}
