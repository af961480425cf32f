/** Aggregates of a whole column. */
import type { BuiltIn } from './built-in.js'

/** Aggregates beside those that the other phases ask for. */
export const aggregateFunctions: readonly Pick<
  BuiltIn,
  'name' | 'sql' | 'sqlite' | 'postgres' | 'words' | 'on'
>[] = [
  { name: 'sum', on: 'number', sql: 'sum({})', words: ['sum of the {}', 'total {}'] },
  { name: 'avg', on: 'number', sql: 'avg({})', words: ['average {}', 'mean {}'] },
  {
    name: 'rounded average',
    on: 'number',
    sql: 'round(avg({}), 2)',
    postgres: 'round(cast(avg({}) as numeric), 2)',
    words: ['average {} rounded to two decimals'],
  },
  { name: 'min', on: 'number', sql: 'min({})', words: ['smallest {}', 'minimum {}', 'lowest {}'] },
  { name: 'max', on: 'number', sql: 'max({})', words: ['largest {}', 'maximum {}', 'highest {}'] },
  {
    name: 'range',
    on: 'number',
    sql: 'max({}) - min({})',
    words: ['difference between the highest and the lowest {}', 'range of the {}'],
  },
  {
    name: 'distinct numbers',
    on: 'number',
    sql: 'count(distinct {})',
    words: ['number of different values of the {}'],
  },
  {
    name: 'median',
    on: 'number',
    sql: 'median({})',
    postgres: 'percentile_cont(0.5) within group (order by {})',
    words: ['median {}', 'median of the {}'],
  },
  {
    name: 'count of known',
    on: 'text',
    sql: 'count({})',
    words: ['number of known values of the {}'],
  },
  {
    name: 'distinct texts',
    on: 'text',
    sql: 'count(distinct {})',
    words: ['number of different values of the {}', 'number of distinct values of the {}'],
  },
  { name: 'first text', on: 'text', sql: 'min({})', words: ['alphabetically first {}'] },
  { name: 'last text', on: 'text', sql: 'max({})', words: ['alphabetically last {}'] },
  {
    name: 'longest',
    on: 'text',
    sql: 'max(length({}))',
    words: ['length of the longest {}', 'number of characters of the longest {}'],
  },
  { name: 'shortest', on: 'text', sql: 'min(length({}))', words: ['length of the shortest {}'] },
]
