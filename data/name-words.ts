/** Takes table and column names apart into comparable words. */

/** Last words that only say "this identifies a row". */
const KEY_WORDS: ReadonlySet<string> = new Set(
  'id ids uid uuid guid key pk fk code no nr num number'.split(' '),
)
/** Endings of run-together names such as `custid`; other endings would cut too many words (`barcode`, `piano`). */
const JOINED_KEY =
  /^(.{2,})(?<!^(pa|prepa|unpa|ra|gr|val|inval|vo|sol|flu|liqu|hybr|rap|ac|andro|cov))id$/

/** `CustomerID`, `customer_id` and `Customer Id` all become `['customer', 'id']`. */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** A rough English singular: `categories` → `category`, `addresses` → `address`, `status` stays. */
export function singular(word: string): string {
  if (word.length <= 3 || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** A rough English plural: `category` → `categories`, `address` → `addresses`. */
export function pluralOf(words: string): string {
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`
}

/** What a table's rows are, as singular words run together: `order_items` → `orderitem`. */
export function tableStem(table: string): string {
  return nameWords(table).map(singular).join('')
}

/** What a key column points at, run together: `customer_id` and `customer_id_2` → `customer`, `id` → ``. */
export function keyStem(column: string): string {
  const words = withoutCopyNumber(nameWords(column))
  while (words.length > 0 && KEY_WORDS.has(words.at(-1)!)) words.pop()
  const last = words.pop()
  if (last === undefined) return ''
  return [...words, JOINED_KEY.exec(last)?.[1] ?? last].map(singular).join('')
}

/** True when the name ends in a word that identifies rows. */
export function isKeyName(column: string): boolean {
  const last = withoutCopyNumber(nameWords(column)).at(-1) ?? ''
  return KEY_WORDS.has(last) || JOINED_KEY.test(last)
}

/** `club_id_1` and `club_id_2` are two references to one table. */
function withoutCopyNumber(words: readonly string[]): string[] {
  return words.length > 1 && /^\d$/.test(words.at(-1)!) ? words.slice(0, -1) : [...words]
}
