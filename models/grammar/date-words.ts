/** How the engines with a connector write what rules say about dates; `{}` stands for the column. */
import type { SqlDialect } from './sql-dialect.js'

export interface DateWords {
  readonly year: string
  /** First days of the period a date lies in, as dates; weeks begin on Monday. */
  readonly quarter: string
  readonly month: string
  readonly week: string
  readonly day: string
  /** 1 to 12. */
  readonly month_of_year: string
  /** The English name. */
  readonly weekday: string
  /** Puts weekdays in order, Monday first. */
  readonly weekdayOrder: string
  /** Whole days since some day, to count the days between two. */
  readonly dayNumber: string
  readonly isWeekend: string
  /** 'weekend' or 'weekday'. */
  readonly day_kind: string
  /** Around an ISO date, as one stands in SQL. */
  readonly literal: string
}

const duckdb: DateWords = {
  year: 'year({})',
  quarter: "cast(date_trunc('quarter', {}) as date)",
  month: "cast(date_trunc('month', {}) as date)",
  week: "cast(date_trunc('week', {}) as date)",
  day: 'cast({} as date)',
  month_of_year: 'month({})',
  weekday: 'dayname({})',
  weekdayOrder: 'isodow({})',
  dayNumber: 'cast({} as date)',
  isWeekend: 'isodow({}) >= 6',
  day_kind: "case when isodow({}) >= 6 then 'weekend' else 'weekday' end",
  literal: "date '{}'",
}

const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const cases = weekdays.map((name, index) => `when '${index}' then '${name}'`)

/** SQLite keeps dates as text, which sorts and compares as dates do; CAST AS DATE would make a number of it. */
const sqlite: DateWords = {
  year: "cast(strftime('%Y', {}) as integer)",
  quarter: "date({}, 'start of month', '-' || ((strftime('%m', {}) - 1) % 3) || ' months')",
  month: "date({}, 'start of month')",
  week: "date({}, '-6 days', 'weekday 1')",
  day: 'date({})',
  month_of_year: "cast(strftime('%m', {}) as integer)",
  weekday: `case strftime('%w', {}) ${cases.join(' ')} end`,
  weekdayOrder: "(strftime('%w', {}) + 6) % 7",
  dayNumber: 'cast(julianday(date({})) as integer)',
  isWeekend: "strftime('%w', {}) in ('0', '6')",
  day_kind: "case when strftime('%w', {}) in ('0', '6') then 'weekend' else 'weekday' end",
  literal: "'{}'",
}

/** Parts of dates come as numerics; as whole numbers they read like those of the other engines. */
const postgres: DateWords = {
  ...duckdb,
  year: 'cast(extract(year from {}) as integer)',
  month_of_year: 'cast(extract(month from {}) as integer)',
  weekday: "to_char({}, 'FMDay')",
  weekdayOrder: 'extract(isodow from {})',
  isWeekend: 'extract(isodow from {}) >= 6',
  day_kind: "case when extract(isodow from {}) >= 6 then 'weekend' else 'weekday' end",
}

/** A day less a day is an interval there, and patterns of dates are Java's. */
const spark: DateWords = {
  ...duckdb,
  weekday: "date_format({}, 'EEEE')",
  weekdayOrder: 'weekday({})',
  dayNumber: 'unix_date(cast({} as date))',
  isWeekend: 'weekday({}) >= 5',
  day_kind: "case when weekday({}) >= 5 then 'weekend' else 'weekday' end",
}

/** Names of days are English in every session. */
const mysql: DateWords = {
  ...duckdb,
  quarter: 'makedate(year({}), 1) + interval quarter({}) * 3 - 3 month',
  month: "cast(date_format({}, '%Y-%m-01') as date)",
  week: 'cast({} as date) - interval weekday({}) day',
  weekdayOrder: 'weekday({})',
  dayNumber: 'to_days({})',
  isWeekend: 'weekday({}) >= 5',
  day_kind: "case when weekday({}) >= 5 then 'weekend' else 'weekday' end",
}

/** Other engines get theirs with their connectors. */
export function dateWords(dialect: SqlDialect): DateWords {
  if (dialect === 'postgres') return postgres
  if (dialect === 'spark') return spark
  if (dialect === 'mysql') return mysql
  return dialect === 'sqlite' ? sqlite : duckdb
}

export function withColumn(template: string, column: string): string {
  return template.replaceAll('{}', () => column)
}
