/** What the dialects call the same things: the grammar allows only what the database knows. */

export type SqlDialect = 'duckdb' | 'sqlite' | 'postgres' | 'mysql' | 'spark'

/** What stands before and after a column. */
export type Wrapper = readonly [before: string, after: string]

export interface DialectWords {
  /** Make a whole number of a date. */
  readonly dateParts: readonly Wrapper[]
  /** Make the start or the label of the period a date lies in. */
  readonly periods: readonly Wrapper[]
  /** Aggregates of numbers beside sum and avg. */
  readonly aggregates: readonly string[]
  readonly numberTypes: readonly string[]
  readonly like: readonly string[]
  /** Compares values of any types, and reads numbers out of text. */
  readonly loose?: boolean
}

const parts = ['year', 'quarter', 'month', 'day']
const calls = parts.map((part): Wrapper => [`${part}(`, ')'])
const extracts = parts.map((part): Wrapper => [`extract(${part} from `, ')'])
const formats = ['%Y', '%m', '%d'].map(
  (format): Wrapper => [`cast(strftime('${format}', `, ') as integer)'],
)
const truncations = ['year', 'quarter', 'month', 'week', 'day'].map(
  (unit): Wrapper => [`date_trunc('${unit}', `, ')'],
)

export const sqlDialects: Record<SqlDialect, DialectWords> = {
  duckdb: {
    dateParts: [...calls, ['dayofweek(', ')'], ['hour(', ')']],
    periods: [...truncations, ['dayname(', ')'], ['monthname(', ')']],
    aggregates: ['median', 'stddev'],
    numberTypes: ['integer', 'double'],
    like: ['like', 'ilike'],
  },
  postgres: {
    dateParts: extracts,
    periods: truncations,
    aggregates: ['stddev'],
    numberTypes: ['integer', 'numeric'],
    like: ['like', 'ilike'],
  },
  mysql: {
    dateParts: [...calls, ['dayofweek(', ')'], ['hour(', ')']],
    periods: [
      ['date_format(', ", '%Y-%m')"],
      ['dayname(', ')'],
      ['monthname(', ')'],
    ],
    aggregates: ['stddev'],
    numberTypes: ['signed', 'double'],
    like: ['like'],
  },
  spark: {
    dateParts: [...calls, ['dayofweek(', ')'], ['hour(', ')']],
    periods: [...truncations, ['date_format(', ", 'EEEE')"]],
    aggregates: ['median', 'stddev'],
    numberTypes: ['integer', 'double'],
    like: ['like', 'ilike'],
  },
  sqlite: {
    dateParts: formats,
    periods: [["strftime('%Y-%m', ", ')']],
    aggregates: [],
    numberTypes: ['integer', 'real'],
    like: ['like'],
    loose: true,
  },
}
