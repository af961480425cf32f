/** What a SELECT is made of: what charts, texts and explanations need to know about the SQL they belong to. */
import type { SqlNode } from '../../data/join-free/sql-tree.js'

export interface Expression {
  readonly nodes: readonly SqlNode[]
  /** As SQL text on one line. */
  readonly text: string
}

export interface SelectItem extends Expression {
  readonly alias?: string
  /** The outermost aggregate function in lower case, such as `sum`; rounding and casts are looked through. */
  readonly aggregate?: string
  /** True when an aggregate stands anywhere in the expression, as in a ratio of two sums. */
  readonly aggregated: boolean
}

export interface Source {
  /** A table's name; absent for a sub-query. */
  readonly table?: string
  readonly query?: SqlShape
  readonly alias?: string
  /** How it is joined to what stands before it, such as `left`; absent for the first source. */
  readonly join?: string
  /** The join's conditions, all of which must hold. */
  readonly conditions: readonly Expression[]
}

export interface OrderItem extends Expression {
  readonly descending: boolean
}

export interface SelectShape {
  readonly distinct: boolean
  readonly items: readonly SelectItem[]
  readonly sources: readonly Source[]
  /** Conditions that all must hold. */
  readonly filters: readonly Expression[]
  readonly groupBy: readonly Expression[]
  readonly having: readonly Expression[]
}

export interface SqlShape {
  readonly common: readonly { readonly name: string; readonly query: SqlShape }[]
  /** More than one when joined by set operations. */
  readonly selects: readonly SelectShape[]
  /** Between the selects, in lower case: `union`, `union all`, `intersect`, `except`. */
  readonly operators: readonly string[]
  readonly orderBy: readonly OrderItem[]
  readonly limit?: string
  readonly offset?: string
}
