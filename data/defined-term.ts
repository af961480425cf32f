/** What a term of the business stands for, as far as rules can use it without a model. */
import type { ColumnReference } from './catalog.js'

export type TermAggregate = 'sum' | 'avg' | 'min' | 'max' | 'count'
export type TermOperator = '+' | '-' | '*' | '/'

/** An expression of one column, or of two that go together, and how rows of it are put together. */
export interface ReadExpression {
  /** How it is aggregated where a question does not say. */
  readonly aggregate?: TermAggregate
  /** Each value counts once; what counts and is not distinct counts rows. */
  readonly distinct?: boolean
  readonly left: ColumnReference
  readonly operator?: TermOperator
  readonly right?: ColumnReference
}

/** A term in a catalog; just one of the three meanings is there. */
export interface CatalogTerm {
  readonly id: string
  /** The term and its synonyms, as people write them. */
  readonly names: readonly string[]
  readonly table: string
  readonly column?: string
  readonly value?: string
  readonly expression?: string
  /** Of an expression that is simple enough. */
  readonly read?: ReadExpression
}

const name = String.raw`(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*)`
const operand = `(?:(${name})\\s*\\.\\s*)?(${name})`
const sides = `${operand}(?:\\s*([-+*/])\\s*${operand})?`
const pattern = new RegExp(
  `^\\s*(?:(sum|avg|min|max)\\s*\\(\\s*${sides}\\s*\\)|${sides})\\s*$`,
  'iu',
)

const counting = new RegExp(
  `^\\s*count\\s*\\(\\s*(?:(\\*)|distinct\\s+${operand})\\s*\\)\\s*$`,
  'iu',
)

/** Of `count(*)` any column stands for the rows. */
function readCount(
  [, star, qualifier, written]: RegExpExecArray,
  table: string,
  columns: readonly string[],
): ReadExpression | undefined {
  const [first] = columns
  if (star !== undefined)
    return first === undefined ? undefined : { aggregate: 'count', left: { table, column: first } }
  const left = columnOf(qualifier, written, table, columns)
  return left && { aggregate: 'count', distinct: true, left }
}

/** `sum(sales.quantity * sales.price)` and the like over the columns of one table; undefined for anything else. */
export function readExpression(
  expression: string,
  table: string,
  columns: readonly string[],
): ReadExpression | undefined {
  const counted = counting.exec(expression)
  if (counted) return readCount(counted, table, columns)
  const match = pattern.exec(expression)
  if (!match) return undefined
  const [, aggregate, ...rest] = match
  const parts = aggregate === undefined ? rest.slice(5) : rest
  const [leftTable, leftName, operator, rightTable, rightName] = parts
  const left = columnOf(leftTable, leftName, table, columns)
  const right = columnOf(rightTable, rightName, table, columns)
  if (!left || (operator !== undefined && !right)) return undefined
  return {
    ...(aggregate !== undefined && { aggregate: aggregate.toLowerCase() as TermAggregate }),
    left,
    ...(operator !== undefined && right && { operator: operator as TermOperator, right }),
  }
}

function columnOf(
  qualifier: string | undefined,
  written: string | undefined,
  table: string,
  columns: readonly string[],
): ColumnReference | undefined {
  if (qualifier !== undefined && bare(qualifier) !== table.toLowerCase()) return undefined
  const column = columns.find((each) => each.toLowerCase() === bare(written ?? ''))
  return column === undefined ? undefined : { table, column }
}

function bare(written: string): string {
  return written.replace(/^"(.*)"$/, '$1').toLowerCase()
}
