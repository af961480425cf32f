/**
 * Reads the notation of themes. A line is a table, `noun/plural/preposition/deed: columns`; a column is its words, then what it
 * holds: `{a, b}` categories, `=person`, `=list{…}` or `=mix{… | …}` labels, a kind with its range, `-> noun` a reference.
 * `!` puts a value before the noun, `?` allows gaps, `~` gives synonyms, `@` says what happened.
 */
import type {
  Theme,
  ThemeColumn,
  ThemeColumnKind,
  ThemeDeed,
  ThemeReference,
  ThemeTable,
} from './theme.js'

const kinds =
  /\s(money|whole|real|rate|day|moment|past|flag|place|person|email|phone|code)(?:\s+(-?[\d.]+)\.\.(-?[\d.]+))?$/

/** Throws on a line it cannot read: themes are part of the code. */
export function readTheme(text: string): Theme {
  const [name = '', ...lines] = text.split('\n').map((line) => line.trim())
  return { name, tables: lines.filter((line) => line !== '').map(readTable) }
}

function readTable(line: string): ThemeTable {
  const colon = line.indexOf(':')
  const [noun = '', plural = `${noun}s`, preposition = 'of', deed] = line.slice(0, colon).split('/')
  const parts = line
    .slice(colon + 1)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return {
    noun,
    plural,
    preposition,
    ...(deed && { deed: readDeed(deed) }),
    columns: parts.filter((part) => !part.startsWith('->')).map(readColumn),
    references: parts.filter((part) => part.startsWith('->')).map(readReference),
  }
}

/** `member=borrowed a book|borrow a book`. */
function readDeed(text: string): ThemeDeed {
  const [by = '', past = '', base = ''] = text.split(/[=|]/)
  return { by, past, base }
}

function readReference(part: string): ThemeReference {
  const nullable = part.endsWith('?')
  return { to: part.replace('->', '').replace('?', '').trim(), nullable }
}

function readColumn(part: string): ThemeColumn {
  const [before = '', verb] = part.split('@')
  const [described = '', synonyms] = before.split('~')
  const nullable = described.trimEnd().endsWith('?')
  const text = described.replace(/\?\s*$/, '').trimEnd()
  const held = readHeld(text)
  const leads = held.words.endsWith('!')
  const [words = '', plural = words] = held.words.replace('!', '').split('/')
  return {
    ...held,
    words,
    plural,
    leads,
    nullable,
    synonyms: synonyms ? listOf(synonyms) : [],
    ...(verb && { verb: verb.trim() }),
  }
}

type Held = Pick<ThemeColumn, 'words' | 'kind' | 'range' | 'values'>

function readHeld(text: string): Held {
  const range = [0, 0] as const
  const label = /^(.*?)\s=(person|list|mix)(?:\{(.*)\})?$/.exec(text)
  if (label) {
    const [, words = '', how, list = ''] = label
    return {
      words,
      kind: 'label',
      range,
      values: how === 'mix' ? mixOf(list) : how === 'list' ? listOf(list) : [],
    }
  }
  const category = /^(.*?)\s\{(.*)\}$/.exec(text)
  if (category) {
    const [, words = '', list = ''] = category
    return { words, kind: 'category', range, values: listOf(list) }
  }
  const plain = kinds.exec(text)
  if (!plain) throw new Error(`This column of a theme says no kind: ${text}`)
  const [ending, kind, low = '0', high = '1'] = plain
  return {
    words: text.slice(0, -ending.length),
    kind: kind as ThemeColumnKind,
    range: [Number(low), Number(high)],
    values: [],
  }
}

function listOf(text: string): string[] {
  return text.split(',').map((value) => value.trim())
}

/** Every first word with every last one. */
function mixOf(text: string): string[] {
  const [first = [], last = []] = text.split('|').map(listOf)
  return first.flatMap((start) => last.map((end) => `${start} ${end}`))
}
