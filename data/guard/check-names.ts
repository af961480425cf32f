/** Decides whether a table or function name may be used, and which existing name may have been meant. */
import type { QueryFailure } from '../database.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { denialReason } from './denied-functions.js'
import type { GuardRules } from './guard-sql.js'
import { denied, unknownName } from './refusal.js'

const hintCount = 5
/** Names of the engine's own tables, and names that open files or addresses. */
const outsideTheData =
  /[./\\:*?]|^(duckdb|pg|pragma|sqlite|information_schema)_|^(information_schema|pg_catalog)$/i

/** `path` is the catalog and schema before the name, each empty when not written. */
export function checkTable(
  name: string,
  path: readonly [catalog: string, schema: string],
  rules: Pick<GuardRules, 'tables'>,
  commonTables: ReadonlySet<string>,
): QueryFailure | undefined {
  const [catalog, schema] = path
  const inMain = catalog === '' && (schema === '' || schema.toLowerCase() === 'main')
  const wanted = name.toLowerCase()
  if (catalog === '' && schema === '' && commonTables.has(wanted)) return undefined
  if (inMain && rules.tables.some((table) => table.toLowerCase() === wanted)) return undefined
  const hints = nearestNames(name, rules.tables, hintCount)
  if (!inMain || outsideTheData.test(name)) {
    const shown = [...path, name].filter((part) => part !== '').join('.')
    return denied(`"${shown}" is not one of the tables of this data.`, hints)
  }
  return unknownName(`There is no table "${name}".`, hints)
}

export function checkFunction(
  name: string,
  rules: Pick<GuardRules, 'functions'>,
): QueryFailure | undefined {
  const reason = denialReason(name)
  if (reason !== undefined) return denied(`The function "${name}" is not allowed: ${reason}.`, [])
  if (rules.functions.has(name.toLowerCase())) return undefined
  return unknownName(
    `There is no function "${name}" here.`,
    nearestNames(name, [...rules.functions], hintCount),
  )
}

export function checkTableFunction(
  name: string,
  rules: Pick<GuardRules, 'tableFunctions'>,
): QueryFailure | undefined {
  if (rules.tableFunctions.has(name.toLowerCase())) return undefined
  const reason = denialReason(name) ?? 'it is not one of those that make rows of their arguments'
  return denied(`The function "${name}" is not allowed in FROM: ${reason}.`, [])
}
