/** Checks the words of one statement before the server sees any of it: analysing alone may read files and run commands. */
import type { QueryFailure } from '../database.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { allowedFunctions, wordsBeforeBrackets } from './allowed-functions.js'
import { isSymbol, isWord, type SqlToken } from './sql-tokens.js'

const hintCount = 5
const mostTokens = 6_000
const mostBrackets = 100

const starts = new Set(['select', 'with', 'values', '('])

/** Never part of a SELECT over tables, wherever they stand bare; a column of such a name stands in backticks. */
const deniedWords: ReadonlyMap<string, string> = new Map([
  ...'insert update delete merge create drop alter truncate overwrite into execute'
    .split(' ')
    .map((word) => [word, onlySelect] as const),
  ['identifier', 'IDENTIFIER makes names out of texts, which is not allowed.'],
  ['serde', 'What runs a program is not allowed.'],
  ['recordreader', 'What runs a program is not allowed.'],
  ['recordwriter', 'What runs a program is not allowed.'],
])

/** What tells about the connection and not about the data; Spark calls them without brackets, too. */
const deniedFacts = new Set(
  'current_user session_user current_catalog current_database current_schema current_path _metadata'.split(
    ' ',
  ),
)

/** Those that Spark reads a file with, when one stands before a name in FROM. */
const fileFormats = new Set(
  'avro binaryfile csv delta hive hudi iceberg image jdbc json kafka libsvm orc parquet protobuf rate socket statestore text xml'.split(
    ' ',
  ),
)

/** `tables` are the names that bare ones may mean. */
export function checkTokens(tokens: readonly SqlToken[]): QueryFailure | undefined {
  const [first] = tokens
  if (first === undefined) return unknownName('There is no SQL statement.', [])
  if (tokens.length > mostTokens) return tooMuch
  if (!starts.has(first.text.toLowerCase()) || first.kind === 'string') {
    return denied(onlySelect, ['Write one SELECT statement.'])
  }
  const unbalanced = checkBrackets(tokens)
  if (unbalanced !== undefined) return unbalanced
  for (const at of tokens.keys()) {
    const failure = checkToken(tokens, at)
    if (failure !== undefined) return failure
  }
  return undefined
}

const tooMuch = denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])

/** The statement stands in brackets of ours, which it must not close. */
function checkBrackets(tokens: readonly SqlToken[]): QueryFailure | undefined {
  const open: string[] = []
  for (const { kind, text } of tokens) {
    if (kind !== 'symbol') continue
    if (text === '(' || text === '[') open.push(text)
    if (open.length > mostBrackets) return tooMuch
    const isWrong = (text === ')' && open.pop() !== '(') || (text === ']' && open.pop() !== '[')
    if (isWrong)
      return unknownName('The SQL cannot be read: a bracket is closed that is not open.', [])
  }
  if (open.length > 0) return unknownName('The SQL cannot be read: a bracket is not closed.', [])
  return undefined
}

function checkToken(tokens: readonly SqlToken[], at: number): QueryFailure | undefined {
  const token = tokens[at]!
  if (token.kind === 'symbol') {
    if (token.text !== ';') return undefined
    return denied('Only one statement is allowed.', ['Send the statements one at a time.'])
  }
  if (token.kind === 'string') return checkString(tokens, at)
  if (token.kind === 'number') return undefined
  const word = token.text.toLowerCase()
  if (deniedFacts.has(word))
    return denied(`"${token.text}" is not one of the columns of this data.`, [])
  const before = tokens[at - 1]
  const isPart = isSymbol(before, '.')
  if (token.kind === 'word' && !isPart) {
    const why = deniedWords.get(word)
    if (why !== undefined && !isCall(tokens, at)) {
      return denied(why, ['Put a column or table of that name in backticks.'])
    }
  }
  if (isSymbol(tokens[at + 1], '.') && !isPart && isFileFormat(word) && opensSource(before)) {
    return denied(`Files are not read: "${token.text}" stands for a kind of file here.`, [
      'Give a table of that name an alias.',
    ])
  }
  return isCall(tokens, at) ? checkCall(tokens, at) : undefined
}

/** `USING 'program'` hands the rows to it; a text beside a word is a value of that type, or two texts in one. */
function checkString(tokens: readonly SqlToken[], at: number): QueryFailure | undefined {
  const before = tokens[at - 1]
  if (before?.kind !== 'word') return undefined
  const word = before.text.toLowerCase()
  if (word === 'using')
    return denied('What runs a program is not allowed.', ['Leave out TRANSFORM … USING.'])
  if (/^[rx]$/.test(word)) {
    return denied(`Texts with ${before.text} before them are not allowed.`, ['Write a plain text.'])
  }
  return undefined
}

function isCall(tokens: readonly SqlToken[], at: number): boolean {
  return isSymbol(tokens[at + 1], '(')
}

function checkCall(tokens: readonly SqlToken[], at: number): QueryFailure | undefined {
  const token = tokens[at]!
  const name = token.text.toLowerCase()
  if (token.kind === 'word' && wordsBeforeBrackets.has(name) && !isSymbol(tokens[at - 1], '.')) {
    return undefined
  }
  if (isAliasList(tokens, at)) return undefined
  if (isSymbol(tokens[at - 1], '.')) {
    return denied(
      `The function "${token.text}" is called by a longer name, which is not allowed.`,
      [],
    )
  }
  if (allowedFunctions.has(name)) return undefined
  return denied(
    `The function "${token.text}" is not allowed: it is not one of those that compute on their arguments alone.`,
    nearestNames(name, [...allowedFunctions], hintCount),
  )
}

/** The names of a table's columns behind its alias: `AS d(i)`, `) d(i)`, and `WITH d(i) AS (`. */
function isAliasList(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 1]
  let end = at + 2
  while (tokens[end] !== undefined && !isSymbol(tokens[end], ')')) {
    const isName = tokens[end]!.kind === 'word' || tokens[end]!.kind === 'name'
    if (!isName && !isSymbol(tokens[end], ',')) return false
    end += 1
  }
  const [next, afterNext] = [tokens[end + 1], tokens[end + 2]]
  if (isWord(next, 'as') && isSymbol(afterNext, '(')) return true
  return isWord(before, 'as') || isSymbol(before, ')')
}

function opensSource(before: SqlToken | undefined): boolean {
  return (
    ['from', 'join', 'table'].some((word) => isWord(before, word)) ||
    isSymbol(before, ',') ||
    isSymbol(before, '(')
  )
}

function isFileFormat(word: string): boolean {
  return fileFormats.has(word) || word.includes('.') || word.includes('/')
}
