/** Building blocks of GBNF, the grammar notation of llama.cpp. */

/** Matches exactly this text. */
export function literal(text: string): string {
  let escaped = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') escaped += `\\${character}`
    else if (code < 0x20 || code === 0x7f) escaped += `\\x${code.toString(16).padStart(2, '0')}`
    else escaped += character
  }
  return `"${escaped}"`
}

/** Matches nothing, so that an alternative a schema has no use for closes by itself. */
export const never = '[^\\x00-\\U0010FFFF]'

export interface Word {
  readonly text: string
  /** The expression that follows this word; nothing unless given. */
  readonly next?: string
}

/**
 * Any of the words, written as a tree of shared beginnings; `never` when there is none.
 * The sampler tests a whole vocabulary against every open alternative: with a hundred names in a flat list its worst step takes twice as long.
 */
export function anyWord(words: readonly Word[]): string {
  const distinct = [...new Map(words.map((word) => [word.text, word])).values()]
  const branches = groupsByFirstCharacter(distinct).map(branch)
  return branches.length < 2 ? (branches[0] ?? never) : `(${branches.join(' | ')})`
}

function groupsByFirstCharacter(words: readonly Word[]): Word[][] {
  const groups = new Map<string, Word[]>()
  for (const word of words) {
    const [first = ''] = word.text
    const group = groups.get(first)
    if (group) group.push(word)
    else groups.set(first, [word])
  }
  return [...groups.values()]
}

function branch(words: readonly Word[]): string {
  const prefix = commonPrefix(words.map((word) => [...word.text]))
  if (prefix === '') return words[0]?.next || '""'
  const rest = anyWord(words.map((word) => ({ ...word, text: word.text.slice(prefix.length) })))
  return rest === '""' ? literal(prefix) : `${literal(prefix)} ${rest}`
}

function commonPrefix(texts: readonly (readonly string[])[]): string {
  const [first = []] = texts
  let length = first.length
  for (const text of texts) {
    const difference = first.findIndex((character, index) => character !== text[index])
    if (difference !== -1) length = Math.min(length, difference)
  }
  return first.slice(0, length).join('')
}
