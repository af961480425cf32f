/** WikiSQL's questions as they are used here: one table, columns by number. */

export type WikiAggregate = 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX'

export interface WikiCondition {
  readonly column: number
  readonly operator: '=' | '<' | '>'
  /** As the question spells it, or as the set does where that keeps capitals and the question does not. */
  readonly value: string
}

export interface WikiQuestion {
  readonly id: string
  readonly text: string
  readonly aggregate?: WikiAggregate
  readonly column: number
  readonly conditions: readonly WikiCondition[]
}

/** A table of which only some headers are known. */
export interface WikiTable {
  readonly id: string
  /** Header by column number, cleaned and unique. */
  readonly columns: ReadonlyMap<number, string>
  readonly questions: readonly WikiQuestion[]
}

const numeral = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** A number as SQL writes it; `007` and `1-0` are texts. */
export function isNumeral(value: string): boolean {
  return numeral.test(value)
}

/** `30,110` as `30110`. */
export function ungrouped(text: string): string {
  return text.replaceAll(/(?<=\d),(?=\d{3}\b)/g, '')
}
