/** What a model is asked to write about, and how: chance picks, so that no two answers need be alike. */
import type { Dialect } from '../../catalog.js'
import { aggregateFunctions } from '../builtins/aggregate-functions.js'
import { sqlOf } from '../builtins/built-in.js'
import { dateFunctions } from '../builtins/date-functions.js'
import { numberFunctions } from '../builtins/number-functions.js'
import { textFunctions } from '../builtins/text-functions.js'
import type { ModelPhase } from '../settings/generator-settings.js'

export const styles = [
  'short, as typed into a search box',
  'whole polite sentences',
  'the words of somebody who knows the business and not the names of columns',
  'precise, naming what is wanted in order',
  'the way people talk to a colleague',
  'commands that begin with a verb',
] as const

const singleTable = [
  'a number over all rows, such as a count, a total or an average',
  'rows that meet one condition, with some of their columns',
  'rows that meet two conditions joined by and, or, or not',
  'the highest or the lowest few rows by some column',
  'a number for each group',
  'the group with the most or the fewest',
  'groups that pass a bound, with having',
  'a share or a percentage',
  'distinct values, or how many of them there are',
  'missing values, or texts like a pattern',
  'a stretch of time, or a number for each month or year',
] as const
const joined = [
  'a number over rows of two joined tables',
  'columns of both tables, with a condition on one of them',
  'a number for each row or group of the other table',
  'the few with the most or the highest, named by the other table',
  'rows without a partner in the other table',
  'groups of the other table that pass a bound, with having',
  'a comparison of two groups side by side',
  'three tables joined along their keys, where there are so many',
  'a number for each month or year and group',
] as const
const complex = [
  'a comparison with an average, by a sub-query',
  'the best in each group, by a window function',
  'a rank over all groups',
  'the share of each group in the whole',
  'a running total or a change against the time before',
  'rows that exist in one place and not in another',
  'a union, an intersection or a difference',
  'several steps, each in a common table expression',
  'a case expression that sorts rows into bands, counted',
  'values above every value of another group',
] as const
const docs = [
  'what a table holds, and what one of its rows is',
  'what a column means, and in which unit',
  'which column answers a question that somebody would have',
  'which columns tell rows apart, and which point elsewhere',
  'how to count, add up or filter with this table, in words',
] as const
const relationships = [
  'by which columns two tables are joined',
  'how many rows of one table belong to a row of the other',
  'over which tables one gets from one to another',
  'what a joined row says',
] as const

const topics: Readonly<Record<Exclude<ModelPhase, 'builtins'>, readonly string[]>> = {
  single_table: singleTable,
  joins: joined,
  complex_sqls: complex,
  schema_docs: docs,
  schema_relationship: relationships,
}

/** Of `builtins`, a function each, written as the engine knows it. */
export function topicsOf(phase: ModelPhase, dialect: Dialect): readonly string[] {
  if (phase !== 'builtins') return topics[phase]
  const functions = [...textFunctions, ...numberFunctions, ...dateFunctions]
  const plain = functions.map((builtIn) => {
    const written = sqlOf(builtIn, dialect, '…')
    return `the function ${builtIn.name}, written ${written}, of a ${builtIn.on} column`
  })
  return [...plain, ...aggregateFunctions.map(({ name }) => `the aggregate function ${name}`)]
}
