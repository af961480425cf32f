/** Logical forms, as WikiSQL has them: one column, perhaps aggregated, of the rows that meet all conditions. */
import type { WikiAggregate, WikiCondition } from '../../training/wikisql/wiki-question.js'

/** Columns by their place in the table. */
export interface LogicalForm {
  readonly aggregate?: WikiAggregate
  readonly column: number
  readonly conditions: readonly WikiCondition[]
}

/** What SQL says in these terms; a part that cannot be said in them is absent. */
export interface ReadForm {
  readonly aggregate?: WikiAggregate
  /** Absent where rows are counted. */
  readonly column?: number
  /** Whether values that repeat count once. */
  readonly isDistinct: boolean
  /** Absent where they are no list of comparisons joined by AND. */
  readonly conditions?: readonly WikiCondition[]
}

export interface FormComparison {
  readonly aggregate: boolean
  readonly column: boolean
  readonly conditions: boolean
  /**
   * All three: the logical-form accuracy of Zhong et al. 2017 (arXiv 1709.00103), with conditions as a set, as its
   * official evaluator compares them.
   */
  readonly whole: boolean
  /** The same, where counting rows, or different values, counts as counting the column. */
  readonly wholeWithAnyCount: boolean
}

export function compareForms(gold: LogicalForm, read: ReadForm | undefined): FormComparison {
  if (!read) return nothingRight
  const aggregate = read.aggregate === gold.aggregate
  const column = !read.isDistinct && read.column === gold.column
  const isSameCount =
    aggregate &&
    read.aggregate === 'COUNT' &&
    (read.column === undefined || read.column === gold.column)
  const conditions = read.conditions !== undefined && sameSet(gold.conditions, read.conditions)
  return {
    aggregate,
    column,
    conditions,
    whole: aggregate && column && conditions,
    wholeWithAnyCount: aggregate && (column || isSameCount) && conditions,
  }
}

const nothingRight: FormComparison = {
  aggregate: false,
  column: false,
  conditions: false,
  whole: false,
  wholeWithAnyCount: false,
}

function sameSet(left: readonly WikiCondition[], right: readonly WikiCondition[]): boolean {
  const [one, other] = [left, right].map((list) => new Set(list.map(keyOf)))
  return one?.size === other?.size && [...(one ?? [])].every((key) => other?.has(key))
}

function keyOf({ column, operator, value }: WikiCondition): string {
  return JSON.stringify([column, operator, sameValue(value)])
}

const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/

/** Texts are alike in any case, as the official evaluator has it; numbers by what they are worth: `1,000` is `1000.0`. */
function sameValue(value: string): string | number {
  const text = value.trim().toLowerCase()
  const number = Number(grouped.test(text) ? text.replaceAll(',', '') : text)
  return text !== '' && Number.isFinite(number) ? number : text
}
