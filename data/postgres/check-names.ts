/** Decides whether a table, function, type or operator may be used, and which existing name may have been meant. */
import type { QueryFailure } from '../database.js'
import { denied, unknownName } from '../guard/refusal.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { quoteIdentifier } from '../join-free/quote-identifier.js'
import { allowedFunctions, allowedOperators, allowedTypes } from './allowed-functions.js'
import type { KnownNames } from './known-names.js'

const hintCount = 5
const ownSchema = 'pg_catalog'
/** PostgreSQL keeps these names to itself. */
const systemName = /^(pg_|information_schema$)/

export function checkTable(
  name: string,
  schema: string | undefined,
  { tables }: KnownNames,
  commonTables: ReadonlySet<string>,
): QueryFailure | undefined {
  if (schema === undefined && commonTables.has(name)) return undefined
  const isKnown = tables.some((table) =>
    schema === undefined
      ? table.isBare && table.name === name
      : table.schema === schema && table.name === name,
  )
  if (isKnown) return undefined
  const bare = tables.filter(({ isBare }) => isBare).map((table) => table.name)
  const hints = nearestNames(name, bare, hintCount).map((near) => quoteIdentifier(near, 'postgres'))
  const shown = schema === undefined ? name : `${schema}.${name}`
  return systemName.test(schema ?? name)
    ? denied(`"${shown}" is not one of the tables of this data.`, hints)
    : unknownName(`There is no table "${shown}".`, hints)
}

/** `path` is the name with what stands before it. */
export function checkFunction(
  path: readonly string[],
  { ownFunctions, functions }: KnownNames,
): QueryFailure | undefined {
  const name = path.at(-1) ?? ''
  const isBuiltIn = path.length === 1 ? !ownFunctions.has(name) : isOwnSchema(path)
  if (isBuiltIn && allowedFunctions.has(name)) return undefined
  if (functions.has(name) || path.length > 1) {
    const why = isBuiltIn
      ? 'it is not one of those that compute on their arguments alone'
      : 'the database has a function of its own by this name'
    return denied(`The function "${path.join('.')}" is not allowed: ${why}.`, [])
  }
  const hints = nearestNames(name, [...allowedFunctions], hintCount)
  return unknownName(`There is no function "${name}" here.`, hints)
}

/** `row.name` calls the function of that name where the row has no such column. */
export function checkField(
  name: string,
  { rowFunctions, ownFunctions }: KnownNames,
  isColumn: boolean,
): QueryFailure | undefined {
  const isHarmless = allowedFunctions.has(name) && !ownFunctions.has(name)
  if (isColumn || isHarmless || !rowFunctions.has(name)) return undefined
  return denied(`"${name}" is not one of the columns of this data.`, [])
}

export function checkType(
  path: readonly string[],
  { enums }: KnownNames,
): QueryFailure | undefined {
  const name = path.at(-1) ?? ''
  const isBuiltIn = path.length === 1 || isOwnSchema(path)
  if (isBuiltIn && allowedTypes.has(name)) return undefined
  if (!isOwnSchema(path) && enums.has(name)) return undefined
  return denied(`The type "${name}" is not allowed.`, [])
}

export function checkOperator(path: readonly string[]): QueryFailure | undefined {
  const sign = path.at(-1) ?? ''
  const isBuiltIn = path.length === 1 || isOwnSchema(path)
  if (isBuiltIn && (allowedOperators.has(sign) || /^[A-Z ]*BETWEEN[A-Z ]*$/.test(sign))) {
    return undefined
  }
  return denied(`The operator "${path.join('.')}" is not allowed.`, [])
}

function isOwnSchema(path: readonly string[]): boolean {
  return path.length === 2 && path[0] === ownSchema
}
