/** Names of added datasets and of their files: made of plain characters, and nobody else's. */
import { fileFormat, withoutFormat } from '../../data/sources/file-format.js'
import { additionError } from './added-datasets.js'

const namePattern = /^[a-z0-9][a-z0-9_-]{0,47}$/
const maxNameLength = 48
const maxTitleLength = 100
/** File systems take 255, of which a number and the ending need a few. */
const maxFileNameBytes = 180
const databaseFile = /\.(duckdb|ddb|sqlite3?|db3?)$/i
export const databaseEndings = ['.duckdb', '.ddb', '.sqlite', '.sqlite3', '.db', '.db3']
const textEndings = ['.csv', '.tsv', '.json', '.jsonl', '.ndjson']
export const tableEndings = [
  ...textEndings,
  ...textEndings.map((ending) => `${ending}.gz`),
  '.parquet',
  '.xlsx',
]
const accepted =
  'Send .csv, .tsv, .parquet, .json, .jsonl, .ndjson or .xlsx files, or one .duckdb or .sqlite file.'

/** The name that was asked for, or one made of the title. Throws AdditionError. */
export function nameFor(
  asked: string | undefined,
  title: string,
  taken: ReadonlySet<string>,
): string {
  if (asked !== undefined) {
    if (!namePattern.test(asked)) {
      const hint = `A name is at most ${maxNameLength} small letters, digits, - and _.`
      throw additionError('name_invalid', 'This cannot be a name.', hint)
    }
    if (taken.has(asked))
      throw additionError('name_invalid', `There is a dataset ${asked} already.`)
    return asked
  }
  const plain = plainName(title)
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? plain : `${plain}-${count}`
    if (!taken.has(name)) return name
  }
}

/** Leaves room for a number behind it. */
function plainName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxNameLength - 6)
    .replace(/^-+|-+$/g, '')
  return plain === '' ? 'data' : plain
}

/** What people read; no control characters, and none that turn the direction of the text. */
export function plainTitle(title: string): string {
  return title
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxTitleLength)
}

/** The last part of a file's name, as a file of ours may be called; keeps what tells its format. Throws AdditionError. */
export function safeFileName(given: string, taken: ReadonlySet<string>): string {
  const last = given.split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[.~ ]+/, '')
  if (!isDatabaseFile(plain) && fileFormat(plain) === undefined) {
    throw additionError(
      'unsupported',
      `${plainTitle(last) || 'A file'} is of a kind Parley cannot read.`,
      accepted,
    )
  }
  const stem = stemOf(plain)
  const ending = plain.slice(stem.length)
  for (let count = 1; ; count += 1) {
    const number = count === 1 ? '' : `-${count}`
    const name = `${cutToBytes(stem) || 'data'}${number}${ending}`
    if (!taken.has(name.toLowerCase())) return name
  }
}

/** Leaves every character whole. */
function cutToBytes(text: string): string {
  let cut = ''
  for (const character of text) {
    if (Buffer.byteLength(cut + character) > maxFileNameBytes) break
    cut += character
  }
  return cut
}

export function isDatabaseFile(name: string): boolean {
  return databaseFile.test(name)
}

/** Without what tells the format. */
export function stemOf(name: string): string {
  return isDatabaseFile(name) ? name.replace(databaseFile, '') : withoutFormat(name)
}
