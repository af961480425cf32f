/** Grammar rules that depend on how deep a scope lies: conditions and sub-queries. */
import { anyWord, never } from './gbnf.js'
import { anyColumn, isDate, type NamedColumn } from './grammar-schema.js'
import { sqlText } from './sql-name.js'

/** A query (0), its sub-query (1), and that one's sub-query (2), which can hold none. */
export const scopeLevels = [0, 1, 2] as const
const deepest = scopeLevels.length - 1

/** Rules of one level; their names end in its number. */
export function conditionRules(columns: readonly NamedColumn[], level: number): string {
  const tests = columns.map((column, index) => valuedTest(column, level, index))
  return `
where-${level} ::= " where " predicate-${level} (logic predicate-${level}){0,5}
predicate-${level} ::= simple-${level} | "(" simple-${deepest} (logic simple-${deepest}){1,3} ")"
simple-${level} ::= ${columnTests(columns, level)} | row-head row-tail number-test-${level} | period date-test-${level} | lowered text-test-${level}
number-test-${level} ::= comparison (row-flat | ${nested('number', level)}) | " between " number " and " number | in ("(" number (", " number){0,9} ")" | ${nested('number', level)}) | null-test
text-test-${level} ::= equality (text | text-column | ${nested('text', level)}) | in ("(" text (", " text){0,9} ")" | ${nested('text', level)}) | like text | null-test
date-test-${level} ::= comparison (date | date-column | ${nested('date', level)}) | " between " date " and " date | in ${nested('date', level)} | null-test
having-${level} ::= " having " total-test-${level} (logic total-test-${level}){0,2}
total-test-${level} ::= (total | "round(" total ", " [0-9] ")") (comparison (total | ${nested('number', level)}) | " between " number " and " number)
${level > 0 ? ['number', 'text', 'date'].map((kind) => subQuery(kind, level)).join('\n') : ''}
${tests.join('')}`
}

/** A sub-query gives one column, of the kind it is compared with. */
function subQuery(kind: string, level: number): string {
  return `sub-${level}-${kind} ::= "select " ("distinct ")? ${kind}-item from? where-${level}? group? having-${level}? order? limit?`
}

function nested(kind: 'number' | 'text' | 'date', level: number): string {
  return level < deepest ? `"(" sub-${level + 1}-${kind} ")"` : never
}

function columnTests(columns: readonly NamedColumn[], level: number): string {
  return anyColumn(columns, (column, index) => {
    if (offersValues(column)) return `valued-test-${level}-${index}`
    if (column.kind === 'number') return `row-tail number-test-${level}`
    if (column.kind === 'text') return `text-test-${level}`
    if (isDate(column)) return `date-test-${level}`
    return column.kind === 'boolean' ? 'boolean-test' : 'null-test'
  })
}

function offersValues(column: NamedColumn): boolean {
  return column.kind === 'text' && (column.values ?? column.linked).length > 0
}

/** A complete list of values shuts free text out, except after LIKE. */
function valuedTest(column: NamedColumn, level: number, index: number): string {
  if (!offersValues(column)) return ''
  const values = [...(column.values ?? []), ...column.linked]
  const known = anyWord(values.map((value) => ({ text: sqlText(value) })))
  const suffix = `${level}-${index}`
  const value = `value-${suffix}`
  return `${value} ::= ${column.values ? known : `${known} | text`}
valued-test-${suffix} ::= equality (${value} | text-column | ${nested('text', level)}) | in "(" ${value} (", " ${value}){0,9} ")" | like text | null-test
`
}
