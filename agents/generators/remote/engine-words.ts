/** What a model elsewhere is told of the engine that it writes for: where engines differ, and models mix them up. */
import type { Dialect } from '../../../data/catalog.js'

export interface EngineWords {
  readonly name: string
  /** Around names. */
  readonly quote: '"' | '`'
  /** Of a date called `day`. */
  readonly month: string
  readonly year: string
  /** Between dates called `first` and `last`. */
  readonly days: string
  /** What else a query stumbles over, in sentences. */
  readonly manner: string
}

const keepsFractions = (whole: string) => `"/" keeps fractions, ${whole} does not.`
const dropsFractions =
  '"/" of two whole numbers drops the fraction: multiply one of them by 1.0 first.'
const withIlike = '"=" and LIKE tell capitals from small letters, ILIKE does not.'

/** As the engines' manuals have it; the contract of databases runs the expressions. */
export const engineWords: Readonly<Record<Dialect, EngineWords>> = {
  duckdb: {
    name: 'DuckDB',
    quote: '"',
    month: "date_trunc('month', day)",
    year: 'year(day)',
    days: "date_diff('day', first, last)",
    manner: `${withIlike} ${keepsFractions('"//"')}`,
  },
  sqlite: {
    name: 'SQLite',
    quote: '"',
    month: "strftime('%Y-%m', day)",
    year: "cast(strftime('%Y', day) as integer)",
    days: 'julianday(last) - julianday(first)',
    manner: `"=" tells capitals from small letters, LIKE does not. Dates are text such as 2024-03-31. ${dropsFractions}`,
  },
  postgres: {
    name: 'PostgreSQL',
    quote: '"',
    month: "date_trunc('month', day)",
    year: 'extract(year from day)',
    days: 'last - first',
    manner: `Names with capitals are always quoted. ${withIlike} ${dropsFractions} round(x, 2) takes numeric, not double precision.`,
  },
  mysql: {
    name: 'MySQL',
    quote: '`',
    month: "date_format(day, '%Y-%m')",
    year: 'year(day)',
    days: 'datediff(last, first)',
    manner: `"=" and LIKE mostly take capitals for small letters. ${keepsFractions('DIV')} There is no FULL JOIN and no ILIKE.`,
  },
  spark: {
    name: 'Apache Spark',
    quote: '`',
    month: "date_trunc('MONTH', day)",
    year: 'year(day)',
    days: 'datediff(last, first)',
    manner: `${withIlike} ${keepsFractions('DIV')} Dividing by 0 fails: write nullif(divisor, 0). date_format takes patterns such as 'yyyy-MM'.`,
  },
}

export function tellEngine(dialect: Dialect): string {
  const { quote, month, year, days, manner } = engineWords[dialect]
  return `Quote names that need it with ${quote}. The month of a date called day is ${month}, its year ${year}; the days between two dates are ${days}. ${manner}`
}
