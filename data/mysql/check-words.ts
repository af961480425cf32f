/** Decides by words and brackets alone, before any parser is asked, what a statement may hold. */
import type { QueryFailure } from '../database.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { allowedFunctions } from './allowed-functions.js'
import { isCallBracket, isSign, type StatementPart } from './read-statement.js'

const hintCount = 5

/** Reserved in MySQL or MariaDB, so that no name is written so without quotes. */
const otherStatements = new Set(
  'alter analyze call change create delete describe drop explain grant handler insert kill load lock optimize procedure purge release rename revoke set show signal truncate unlock update use xa'.split(
    ' ',
  ),
)
const destinations = new Set(['into', 'outfile', 'dumpfile', 'infile'])
const locks = new Set(['update', 'share'])
/** They tell about the connection and not about the data. */
const sessionWords = new Set(['current_user', 'current_role', 'session_user', 'system_user'])
const systemSchemas = new Set(['mysql', 'information_schema', 'performance_schema', 'sys'])
const firstWords = new Set(['select', 'with', 'values', 'table'])

export function checkWords(parts: readonly StatementPart[]): QueryFailure | undefined {
  for (const [at, part] of parts.entries()) {
    const failure =
      (part.kind === 'word' ? checkWord(parts, at) : undefined) ??
      (isSign(part, '(') ? checkQuantifier(parts, at - 1) : undefined) ??
      (isCallBracket(parts, at) ? checkCall(parts, at - 1) : undefined) ??
      (isSign(part, '.') ? checkSchema(parts, at) : undefined)
    if (failure !== undefined) return failure
  }
  const first = parts.find((part) => !isSign(part, '('))
  const isSelect = first?.kind === 'word' && firstWords.has(first.text.toLowerCase())
  return isSelect
    ? undefined
    : unknownName(`The SQL cannot be read: it begins with "${first?.text}".`, [])
}

function checkWord(parts: readonly StatementPart[], at: number): QueryFailure | undefined {
  const word = parts[at]?.text.toLowerCase() ?? ''
  const isPart = isSign(parts[at - 1], '.')
  if (isPart) return undefined
  const before = wordAt(parts, at - 1)
  if (word === 'for' && (before === 'value' || locks.has(wordAt(parts, at + 1)))) return locked()
  if (word === 'lock' && wordAt(parts, at + 1) === 'in') return locked()
  if (destinations.has(word)) return denied(onlySelect, ['Leave out INTO.'])
  if (sessionWords.has(word)) {
    return denied('What tells about the connection and not about the data is not allowed.', [])
  }
  const isCall = isCallBracket(parts, at + 1)
  if (otherStatements.has(word) && !isCall && !(word === 'update' && before === 'for')) {
    return denied(onlySelect, ['Write one SELECT statement.'])
  }
  return undefined
}

function locked(): QueryFailure {
  return denied(onlySelect, ['Leave out FOR UPDATE and LOCK IN SHARE MODE.'])
}

function checkCall(parts: readonly StatementPart[], at: number): QueryFailure | undefined {
  const name = parts[at]?.text ?? ''
  if (isSign(parts[at - 1], '.')) {
    return denied(`The function "${name}" is not allowed: it is one of the database's own.`, [])
  }
  if (allowedFunctions.has(name.toLowerCase()) || isGivenName(parts, at)) return undefined
  const hints = nearestNames(name, [...allowedFunctions], hintCount)
  const isKnown = hints.length === 0 || refusedFunctions.has(name.toLowerCase())
  return isKnown
    ? denied(
        `The function "${name}" is not allowed: it is not one of those that compute on their arguments alone.`,
        [],
      )
    : unknownName(`There is no function "${name}" here.`, hints)
}

/** `= ANY (…)`; elsewhere it would call a function of that name. */
function checkQuantifier(parts: readonly StatementPart[], at: number): QueryFailure | undefined {
  const word = wordAt(parts, at)
  const isQuantifier = /^(=|<>|!=|<|>|<=|>=)$/.test(parts[at - 1]?.text ?? '')
  if (!['any', 'some'].includes(word) || isQuantifier) return undefined
  return denied(`"${word}" stands behind a comparison only.`, [])
}

/** To tell one that is forbidden from one that is mistyped. */
const refusedFunctions = new Set(
  'benchmark connection_id current_role current_user database decode encode encrypt extractvalue found_rows get_lock is_free_lock is_used_lock last_insert_id lastval load_file master_gtid_wait master_pos_wait name_const nextval ps_current_thread_id release_all_locks release_lock row_count schema session_user setval sleep source_pos_wait sys_exec sys_eval system_user updatexml user uuid uuid_short version wait_for_executed_gtid_set aes_decrypt aes_encrypt des_decrypt des_encrypt old_password password compress uncompress column_create random_bytes'.split(
    ' ',
  ),
)

/** `WITH name (column) AS (`, `AS name (column)`, `) name (column)`: where no call can stand. */
function isGivenName(parts: readonly StatementPart[], at: number): boolean {
  const before = wordAt(parts, at - 1)
  if (before === 'as' || isSign(parts[at - 1], ')')) return true
  const leads = before === 'with' || before === 'recursive' || isSign(parts[at - 1], ',')
  const end = parts.findIndex((part, place) => place > at && isSign(part, ')'))
  const columns = parts.slice(at + 2, end)
  const areNames = columns.every(
    (part, place) => isSign(part, ',') === (place % 2 === 1) && part.kind !== 'number',
  )
  return leads && areNames && wordAt(parts, end + 1) === 'as' && isSign(parts[end + 2], '(')
}

/** No table or alias here is called as the server's own schemas are. */
function checkSchema(parts: readonly StatementPart[], at: number): QueryFailure | undefined {
  const schema = parts[at - 1]?.text.toLowerCase() ?? ''
  if (!systemSchemas.has(schema)) return undefined
  return denied(`"${schema}" is not one of the tables of this data.`, [])
}

function wordAt(parts: readonly StatementPart[], at: number): string {
  const part = parts[at]
  return part?.kind === 'word' ? part.text.toLowerCase() : ''
}
