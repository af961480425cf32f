/** Execution accuracy as Spider's official evaluator counts it (github.com/taoyds/test-suite-sql-eval, `exec_eval.py`). */
import { type CellRules, exactCells } from './compare-cells.js'
import { compareResults, type Rows } from './compare-results.js'

export interface SpiderOptions {
  /** Leaves DISTINCT where it stands; the official evaluator's default is to take it out of both. */
  readonly keepDistinct: boolean
}

const SPACED_OPERATOR = /([<>!]) =/g
/** What is quoted or a comment stays whole; only a bare DISTINCT and the end of a statement have groups. */
const DISTINCT_OR_END =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|(?<![\w$])(distinct)(?![\w$])|(;)[\s\S]*/gi

/**
 * What the official evaluator makes of a SQL text, the gold's as well as the predicted, before it runs it.
 * Where it takes DISTINCT out it also drops what follows a semicolon; where it does not, two statements fail.
 */
export function toSpiderSql(sql: string, { keepDistinct }: SpiderOptions): string {
  const joined = sql
    .replace(SPACED_OPERATOR, '$1=')
    .replace(/year\s*\(\s*curdate\s*\(\s*\)\s*\)\s*/gi, '2020')
  if (keepDistinct) return joined
  return joined.replace(DISTINCT_OR_END, (part, distinct, end) => (distinct || end ? '' : part))
}

/** Row order counts when the gold's text has ORDER BY anywhere, as officially decided. */
export function equalBySpider(
  predicted: Rows,
  gold: Rows,
  goldSql: string,
  cells: CellRules = exactCells,
): boolean {
  const ordered = goldSql.toLowerCase().includes('order by')
  return compareResults(predicted, gold, { ordered, cells })
}
