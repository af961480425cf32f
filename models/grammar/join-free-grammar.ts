/** A GBNF grammar of join-free SQL over a given schema: what it cannot spell, the model cannot write. */
import { conditionRules, listedValueRules, scopeLevels, valueFirstRule } from './condition-rules.js'
import { anyWord } from './gbnf.js'
import {
  anyColumn,
  columnsOf,
  type GrammarSchema,
  isDate,
  isNumberText,
  type NamedColumn,
} from './grammar-schema.js'
import { type DialectWords, sqlDialects, type Wrapper } from './sql-dialect.js'
import { sqlName } from './sql-name.js'

/** The rules that no schema changes. Every repetition has an end, so that every answer has one. */
const fixedRules = `
root ::= " " (query | derived | best-in-each) [;\\n]?
query ::= "select " ("distinct ")? ("* from " tables where-0? group? having-0? end | item after-1)
after-1 ::= rest-0 ((set-operator side-1){1,2} limit? | end) | ", " item after-2
after-2 ::= rest-0 (set-operator side-2 limit? | end) | ", " item after-3
after-3 ::= rest-0 (set-operator side-3 limit? | end) | (", " item){1,5} rest-0 end
side-1 ::= "select " ("distinct ")? item rest-0
side-2 ::= "select " ("distinct ")? item ", " item rest-0
side-3 ::= "select " ("distinct ")? item ", " item ", " item rest-0
end ::= order? limit?
set-operator ::= " union " ("all ")? | " intersect " | " except "
derived ::= "select " ("count(*) from (" rows | ("avg(" | "sum(" | "min(" | "max(") "t.value) from (select " (counted | summed) " as value" from? where-1? group) ") as t"
best-in-each ::= "select t.first, t.second, t.value from (select " group-item " as first, " group-item " as second, " (counted | summed) " as value, row_number() over (partition by " group-item " order by " (counted | summed) (" asc" | " desc") ") as position" from? where-1? " group by " group-item ", " group-item ") as t where t.position " ("= " | "<= ") [1-9] [0-9]?
rows ::= "select " ("distinct ")? ("* from " tables where-1? group? having-1? | item rest-1 (set-operator "select " ("distinct ")? item rest-1)?)
number-item ::= number-column number-tail | number-head number-tail
text-item ::= text-column | lowered | ("min(" | "max(") text-column ")"
date-item ::= date-column | period | ("min(" | "max(") date-column ")"
from ::= " from " tables
tables ::= table (", " table){0,2}
copy ::= "_" [2-3]
group ::= " group by " group-item (", " group-item){0,3}
order ::= " order by " order-item (", " order-item){0,2}
order-item ::= item (" asc" | " desc")?
limit ::= " limit " [1-9] [0-9]{0,3} (" offset " [1-9] [0-9]{0,2})?
item ::= column-item | number-head number-tail | part-of-all | period | lowered | ("min(" | "max(") (date-column | text-column) ")"
part-of-all ::= "100.0 * " (counted | summed) " / sum(" (counted | summed) ") over ()"
group-item ::= column | date-part | period | lowered
lowered ::= ("lower(" | "upper(") text-column ")"
number ::= "-"? [0-9]{1,10} ("." [0-9]{1,4})?
text ::= "'" ([^'\\x00-\\x1f\\x7f] | "''"){0,64} "'"
year ::= [12] [0-9]{3}
month ::= "0" [1-9] | "1" [0-2]
day ::= ("0" [1-9] | [12] [0-9] | "3" [01]) (" " [0-2] [0-9] ":" [0-5] [0-9] ":" [0-5] [0-9])?
operator ::= " " [-+*/] " "
comparison ::= " " ("=" | "<>" | "!=" | "<" | "<=" | ">" | ">=") " "
order-sign ::= " " ("<" | "<=" | ">" | ">=") " "
equality ::= " " ("=" | "<>" | "!=") " "
in ::= (" not")? " in "
logic ::= " and " | " or "
null-test ::= " is " ("not ")? "null"
boolean-test ::= (" = " ("true" | "false") | null-test)?
row-plain ::= number-column | number | date-part
row-flat ::= row-plain row-tail
row-tail ::= (operator row-plain){0,2}
row-head ::= number | date-part | "abs(" row-flat ")" | "length(" text-column ")" | "cast(" column " as " number-type ")" | "(" row-plain operator row-plain ")"
case ::= "case when " simple-2 " then " row-plain " else " ("null" | row-plain) " end"
counted ::= "count(" ("*" | ("distinct ")? (column | case)) ")"
extreme ::= ("min(" | "max(") row-flat ")"
total-plain ::= number | counted | summed | extreme | "nullif(" (counted | summed) ", 0)"
total ::= total-plain (operator total-plain){0,2}
number-plain ::= number-column | date-part | total-plain
number-atom ::= number-plain | "(" number-plain operator number-plain ")"
number-flat ::= number-atom (operator number-atom){0,2}
number-head ::= number | counted | summed | extreme | date-part | "abs(" number-flat ")" | "length(" text-column ")" | "round(" number-flat ", " [0-9] ")" | "coalesce(" number-flat ", 0)" | "nullif(" number-flat ", 0)" | "cast(" (column | counted | summed) " as " number-type ")" | "(" number-flat ")"
number-term ::= number-column | number-head
number-tail ::= (operator number-term){0,2}
`

/**
 * Starts with a space, as the model's answer does, and may end with a semicolon or a line break, which base models like to write.
 * Names exist and comparisons fit the column's kind; that grouped and plain columns agree is not covered.
 * Throws a RangeError when there is no column to write about.
 */
export function joinFreeGrammar(schema: GrammarSchema): string {
  const columns = columnsOf(schema)
  if (columns.length === 0) throw new RangeError('a grammar needs at least one column')
  const dialect = sqlDialects[schema.dialect]
  const loose = dialect.loose ?? false
  const { valueFirst = false } = schema
  return [
    fixedRules,
    dialectRules(dialect),
    columnRules(columns, loose),
    `table ::= ${anyWord(schema.tables.map((table) => ({ text: sqlName(table.name) })))}\n`,
    listedValueRules(columns),
    ...scopeLevels.map((level) => conditionRules(columns, level, { loose, valueFirst })),
    valueFirst ? valueFirstRule(columns, loose) : '',
  ].join('')
}

function dialectRules(dialect: DialectWords): string {
  const sums = anyWord(['sum', 'avg', ...dialect.aggregates].map((text) => ({ text })))
  const likes = anyWord(dialect.like.map((text) => ({ text: `${text} ` })))
  return `
summed ::= ${sums} "(" ("distinct ")? (row-flat | case) ")"
date ::= "'" year ${dialect.loose ? '("-" month ("-" day)?)?' : '"-" month "-" day'} "'"
date-part ::= ${anyWrapped(dialect.dateParts)}
period ::= ${anyWrapped(dialect.periods)}
number-type ::= ${anyWord(dialect.numberTypes.map((text) => ({ text })))}
like ::= " " ("not ")? ${likes}
`
}

function anyWrapped(wrappers: readonly Wrapper[]): string {
  return anyWord(
    wrappers.map(([before, after]) => ({ text: before, next: `date-column "${after}"` })),
  )
}

function columnRules(columns: readonly NamedColumn[], loose: boolean): string {
  const only = (wanted: (column: NamedColumn) => boolean) =>
    anyColumn(columns, (column) => (wanted(column) ? '' : undefined))
  const isNumber = (column: NamedColumn) =>
    column.kind === 'number' || (loose && isNumberText(column))
  return `
column ::= ${only(() => true)}
number-column ::= ${only(isNumber)}
text-column ::= ${only((column) => column.kind === 'text')}
date-column ::= ${only(isDate)}
column-item ::= ${anyColumn(columns, (column) => (isNumber(column) ? 'number-tail' : ''))}
`
}
