/** Grammar rules that depend on how deep a scope lies: conditions and sub-queries. */
import { anyWord, never } from './gbnf.js'
import { anyColumn, isDate, isNumberText, type NamedColumn } from './grammar-schema.js'
import { sqlText } from './sql-name.js'

/** A query (0), its sub-query (1), and that one's sub-query (2), which can hold none. */
export const scopeLevels = [0, 1, 2] as const
const deepest = scopeLevels.length - 1

export interface ConditionForm {
  /** Of an engine that compares texts with numbers. */
  readonly loose: boolean
  /** Texts and dates may also stand before the column, as numbers always may. */
  readonly valueFirst: boolean
}

/** Rules of one level; their names end in its number. */
export function conditionRules(
  columns: readonly NamedColumn[],
  level: number,
  { loose, valueFirst }: ConditionForm,
): string {
  const further = level === 0 ? 8 : 2
  return `
rest-${level} ::= from? where-${level}? group? having-${level}?
where-${level} ::= " where " predicate-${level} (logic predicate-${level}){0,${further}}
predicate-${level} ::= simple-${level} | "(" simple-${deepest} (logic simple-${deepest}){1,3} ")"
simple-${level} ::= ${columnTests(columns, level, loose)} | row-head row-tail number-test-${level} | period date-test-${level} | lowered text-test-${level}${valueFirst ? ' | value-first' : ''}
number-test-${level} ::= comparison (row-flat | ${nested('number', level)}) | " between " number " and " number | in ("(" number (", " number){0,9} ")" | ${nested('number', level)}) | null-test
text-test-${level} ::= comparison (text | text-column | ${nested('text', level)}) | in ("(" text (", " text){0,9} ")" | ${nested('text', level)}) | like text | null-test
listed-tail-${level} ::= order-sign text | equality (text-column | ${nested('text', level)}) | in ${nested('text', level)} | like text | null-test
date-test-${level} ::= comparison (date | date-column | ${nested('date', level)}) | " between " date " and " date | in ${nested('date', level)} | null-test${loose ? ' | like text' : ''}
having-${level} ::= " having " total-test-${level} (logic total-test-${level}){0,2}
total-test-${level} ::= (total | "round(" total ", " [0-9] ")") (comparison (total | ${nested('number', level)}) | " between " number " and " number)
${level > 0 ? ['number', 'text', 'date'].map((kind) => subQuery(kind, level)).join('\n') : ''}
`
}

/** Of any level: the other side is a column, never a query. */
export function valueFirstRule(columns: readonly NamedColumn[], loose: boolean): string {
  const likeText = anyColumn(columns, ({ kind }) =>
    kind === 'text' || (loose && kind === 'other') ? '' : undefined,
  )
  return `\nvalue-first ::= text comparison ${likeText} | date comparison date-column\n`
}

/** A sub-query gives one column, of the kind it is compared with. */
function subQuery(kind: string, level: number): string {
  const side = `"select " ("distinct ")? ${kind}-item rest-${level}`
  return `sub-${level}-${kind} ::= ${side} (set-operator ${side} | order? limit?)`
}

function nested(kind: 'number' | 'text' | 'date', level: number): string {
  return level < deepest ? `"(" sub-${level + 1}-${kind} ")"` : never
}

function columnTests(columns: readonly NamedColumn[], level: number, loose: boolean): string {
  return anyColumn(columns, (column, index) => {
    if (loose && isNumberText(column)) return `(text-test-${level} | row-tail number-test-${level})`
    if (offersValues(column)) return `(listed-test-${index} | listed-tail-${level})`
    if (column.kind === 'number') return `row-tail number-test-${level}`
    if (isDate(column)) return `date-test-${level}`
    if (column.kind === 'text' || (loose && column.kind === 'other')) return `text-test-${level}`
    return column.kind === 'boolean' ? 'boolean-test' : 'null-test'
  })
}

function offersValues(column: NamedColumn): boolean {
  return column.kind === 'text' && (column.values ?? column.linked).length > 0
}

/** A complete list of values shuts free text out, except after LIKE. */
export function listedValueRules(columns: readonly NamedColumn[]): string {
  const rules = columns.map((column, index) => {
    if (!offersValues(column)) return ''
    const values = [...(column.values ?? []), ...column.linked]
    const known = anyWord(values.map((value) => ({ text: sqlText(value) })))
    return `listed-${index} ::= ${column.values ? known : `${known} | text`}
listed-test-${index} ::= equality listed-${index} | in "(" listed-${index} (", " listed-${index}){0,9} ")"
`
  })
  return `\n${rules.join('')}`
}
