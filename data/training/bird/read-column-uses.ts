/** Reads from gold SQL what it says about columns: what they are compared, joined and calculated with. */
import { type SqlToken, tokensIfReadable } from '../../join-free/sql-tokens.js'
import type { BirdDatabase, ColumnAt } from './bird-database.js'

export interface ComparedColumn extends ColumnAt {
  readonly operator: string
  readonly value: string | number
}

export interface ColumnUses {
  /** In the order of FROM; each once. */
  readonly tables: readonly string[]
  readonly compared: readonly ComparedColumn[]
  /** `left = right`. */
  readonly joined: readonly (readonly [ColumnAt, ColumnAt])[]
  readonly calculated: readonly ColumnAt[]
  /** Given to `strftime` and the like. */
  readonly dates: readonly ColumnAt[]
}

const comparisons = new Set([
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  'like',
  'between',
  'in',
  'not',
])
const calculations = new Set(['sum', 'avg'])
const dateFunctions = new Set(['strftime', 'julianday', 'date', 'datetime'])
const notAliases = new Set(
  'as on where inner left join group order limit union intersect except having and or natural cross outer'.split(
    ' ',
  ),
)

/** Undefined when the text is no SQL. Names that fit no column are passed over. */
export function readColumnUses(
  sql: string,
  { tables }: Pick<BirdDatabase, 'tables'>,
): ColumnUses | undefined {
  const tokens = tokensIfReadable(sql)
  if (tokens === undefined) return undefined
  const sources = readSources(tokens, tables)
  const columnAt = (at: number) => readColumn(tokens, at, sources, tables)
  const uses = {
    tables: [...new Set(sources.values())]
      .flat()
      .filter((name, at, all) => all.indexOf(name) === at),
    compared: [] as ComparedColumn[],
    joined: [] as [ColumnAt, ColumnAt][],
    calculated: [] as ColumnAt[],
    dates: [] as ColumnAt[],
  }
  for (let at = 0; at < tokens.length; at++) {
    const found = columnAt(at)
    if (found === undefined) continue
    const { column, next } = found
    const operator = textAt(tokens, next)
    const caller = textAt(tokens, at - 2)
    const right = operator === '=' ? columnAt(next + 1)?.column : undefined
    if (right !== undefined) uses.joined.push([column, right])
    else if (comparisons.has(operator)) {
      uses.compared.push(
        ...literalsAfter(tokens, next).map((value) => ({ ...column, operator, value })),
      )
    }
    const isWithin = textAt(tokens, at - 1) === '('
    if (isWithin && calculations.has(caller)) uses.calculated.push(column)
    if (/^[-+/]$/.test(operator) || /^[-+/]$/.test(textAt(tokens, at - 1)))
      uses.calculated.push(column)
    const isDate = isWithin ? dateFunctions.has(caller) : textAt(tokens, at - 4) === 'strftime'
    if (isDate) uses.dates.push(column)
    at = next - 1
  }
  return uses
}

/** Tables by the names that the SQL gives them; one alias may stand for several in sub-queries. */
function readSources(
  tokens: readonly SqlToken[],
  tables: BirdDatabase['tables'],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map([...tables.keys()].map((name) => [name.toLowerCase(), name]))
  const sources = new Map<string, string[]>()
  for (const [at, token] of tokens.entries()) {
    const before = textAt(tokens, at - 1)
    const table = names.get(nameOf(token))
    if (table === undefined || !['from', 'join', ','].includes(before)) continue
    const aliasAt = textAt(tokens, at + 1) === 'as' ? at + 2 : at + 1
    const alias = nameOf(tokens[aliasAt])
    const own = [table.toLowerCase(), ...(alias === '' || notAliases.has(alias) ? [] : [alias])]
    if (before === ',' && own.length === 1) continue
    for (const name of own) sources.set(name, [...(sources.get(name) ?? []), table])
  }
  return sources
}

function readColumn(
  tokens: readonly SqlToken[],
  at: number,
  sources: ReadonlyMap<string, readonly string[]>,
  tables: BirdDatabase['tables'],
): { readonly column: ColumnAt; readonly next: number } | undefined {
  const first = nameOf(tokens[at])
  if (first === '' || textAt(tokens, at - 1) === '.') return undefined
  const isQualified = textAt(tokens, at + 1) === '.'
  const name = isQualified ? nameOf(tokens[at + 2]) : first
  const among = isQualified ? (sources.get(first) ?? []) : [...sources.values()].flat()
  for (const table of among) {
    const column = tables.get(table)?.find((other) => other.toLowerCase() === name)
    if (column !== undefined) return { column: { table, column }, next: at + (isQualified ? 3 : 1) }
  }
  return undefined
}

/** `= 5`, `like '%x%'`, `between 1 and 2`, `in ('a', 'b')`, each with `not` before it or without. */
function literalsAfter(tokens: readonly SqlToken[], operatorAt: number): (string | number)[] {
  const start = textAt(tokens, operatorAt) === 'not' ? operatorAt + 2 : operatorAt + 1
  const values: (string | number)[] = []
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.kind === 'string') values.push(token.text.slice(1, -1).replaceAll("''", "'"))
    else if (token?.kind === 'number') values.push(Number(token.text))
    else if (at === start && textAt(tokens, at) === '(') continue
    else if (
      textAt(tokens, at) === ',' ||
      (values.length === 1 &&
        textAt(tokens, start + 1) === 'and' &&
        at === start + 1 &&
        textAt(tokens, operatorAt) === 'between')
    )
      continue
    else break
  }
  return values
}

function nameOf(token: SqlToken | undefined): string {
  return token?.kind === 'name' ? token.name.toLowerCase() : ''
}

function textAt(tokens: readonly SqlToken[], at: number): string {
  const token = tokens[at]
  if (token === undefined) return ''
  return token.kind === 'name' ? token.name.toLowerCase() : token.text
}
