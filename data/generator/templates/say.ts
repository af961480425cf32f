/** The ways a benchmark's questions begin and end. */
import type { Random } from '../../random.js'

const commands = [
  'list the',
  'list the',
  'show the',
  'show the',
  'find the',
  'find the',
  'give the',
  'return the',
  'give me the',
  'show me the',
  'tell me the',
  'please show the',
]

/** "What are the names of singers?", "List the names of singers"; `phrase` has no article. */
export function listing(phrase: string, random: Random): string {
  const choice = random.weighted([42, 50, 8])
  const isOne =
    /^[a-z ]+? of (each|every) /.test(phrase) && !/^[^?]*? and .* of (each|every)/.test(phrase)
  if (choice === 0) return `what ${isOne ? 'is' : 'are'} the ${phrase}?`
  return choice === 1 ? `${random.pick(commands)} ${phrase}` : phrase
}

/** "What is the average age of singers?" */
export function single(phrase: string, random: Random): string {
  const choice = random.weighted([55, 38, 7])
  if (choice === 0) return `what is the ${phrase}?`
  return choice === 1 ? `${random.pick(commands)} ${phrase}` : phrase
}

/** "How many singers are there?", "Count the number of singers"; `what` is in the plural, with all that narrows it. */
export function counting(what: string, random: Random): string {
  return random.pick([
    `how many ${what} are there?`,
    `how many ${what} are there?`,
    `how many ${what} do we have?`,
    `count the number of ${what}`,
    `count the ${what}`,
    `find the number of ${what}`,
    `what is the number of ${what}?`,
    `return the number of ${what}`,
    `show the number of ${what}`,
    `give the total number of ${what}`,
  ])
}

/** "A, b and c". */
export function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** Capitals, articles and marks, as careful writers put them and others mostly do. */
export function finished(text: string, random: Random): string {
  const tidy = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\ba (?=[aeio]\w)/g, 'an ')
    .replaceAll(/\b(total|average|maximum|minimum) \1\b/g, '$1')
    .trim()
  const isAsked = tidy.endsWith('?')
  const bare = isAsked ? tidy.slice(0, -1) : tidy
  const mark = isAsked ? (random.chance(93) ? '?' : '') : random.chance(80) ? '.' : ''
  const capital = random.chance(92)
  return `${capital ? bare.charAt(0).toUpperCase() + bare.slice(1) : bare}${mark}`
}

/** "By region", "for each region". */
export function groupedBy(
  { words, plural }: { readonly words: string; readonly plural: string },
  random: Random,
): string {
  return random.pick([
    `by ${words}`,
    `by ${words}`,
    `per ${words}`,
    `per ${words}`,
    `for each ${words}`,
    `for each ${words}`,
    `for every ${words}`,
    `broken down by ${words}`,
    `split by ${words}`,
    `grouped by ${words}`,
    `across ${plural}`,
  ])
}
