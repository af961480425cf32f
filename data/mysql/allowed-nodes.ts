/** What a statement may be made of: the parser's kinds of nodes and their parts. One that is not listed and not empty refuses it. */

const statements =
  'Query body Select SetOperation Values query left right set_quantifier op rows content'
const clauses =
  'with with_token cte_tables recursive from projection distinct selection group_by Expressions having order_by kind named_window NamedWindow limit_clause LimitOffset OffsetCommaLimit limit offset value flavor window_before_qualify select_token options asc'
const sources =
  'relation Table name alias columns joins join_operator On Using Natural Join Left LeftOuter Right RightOuter Inner CrossJoin Derived subquery explicit'
const items = 'UnnamedExpr ExprWithAlias Wildcard QualifiedWildcard ObjectName wildcard_token'
const names = 'Identifier CompoundIdentifier quote_style'
const values =
  'Value Number SingleQuotedString HexStringLiteral Boolean Null TypedString Interval leading_field leading_precision fractional_seconds_precision'
const operators =
  'BinaryOp UnaryOp expr Nested Tuple IsNull IsNotNull IsTrue IsNotTrue IsFalse IsNotFalse IsUnknown IsNotUnknown Between low high negated Like RLike pattern escape_char regexp InList list InSubquery in Exists Subquery AnyOp AllOp compare_op Collate collation Case operand conditions condition result else_result syntax'
const functions =
  'Function args List Unnamed Expr duplicate_treatment clauses OrderBy Separator over WindowSpec window_frame units start_bound end_bound Preceding Following partition_by parameters Cast Convert Extract field Position Substring substring_from substring_for special shorthand Trim trim_what trim_where Ceil Floor DateTimeField within_group MatchAgainst match_value opt_search_modifier'
const types =
  'data_type Char Character Varchar Decimal Double Float Time Timestamp Datetime Integer IntegerLength length PrecisionAndScale Precision Binary'
const places = 'case_token end_token opening_token closing_token closing_paren_token span'

/** In which words of the text stand again: nothing is looked for below them. */
export const tokenParts: ReadonlySet<string> = new Set(
  `${places} select_token with_token wildcard_token`.split(' '),
)

export const allowedNodes: ReadonlySet<string> = new Set(
  [statements, clauses, sources, items, names, values, operators, functions, types, places].flatMap(
    (list) => list.split(' '),
  ),
)

/** Of a table in FROM: no functions, hints, partitions or times. */
export const tableParts: ReadonlySet<string> = new Set(['name', 'alias'])
