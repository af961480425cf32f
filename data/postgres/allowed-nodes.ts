/** What a statement may be made of: PostgreSQL's kinds of nodes, each with the parts that it may have. */

/** A part is walked as it is; one that its kind does not list refuses the statement. */
const lists: Readonly<Record<string, string>> = {
  SelectStmt:
    'distinctClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause valuesLists sortClause limitOffset limitCount limitOption withClause op all larg rarg',
  WithClause: 'ctes recursive',
  CommonTableExpr: 'ctename aliascolnames ctematerialized ctequery',
  ResTarget: 'name val',
  RangeVar: 'schemaname relname inh relpersistence alias',
  RangeSubselect: 'lateral subquery alias',
  RangeFunction: 'lateral ordinality is_rowsfrom functions alias coldeflist',
  RangeTableSample: 'relation method args repeatable',
  JoinExpr: 'jointype isNatural larg rarg usingClause quals alias join_using_alias',
  Alias: 'aliasname colnames',
  ColumnDef: 'colname typeName is_local',
  ColumnRef: 'fields',
  A_Const: 'ival fval boolval sval bsval isnull',
  A_Expr: 'kind name lexpr rexpr rexpr_list_start rexpr_list_end',
  A_Star: '',
  A_Indirection: 'arg indirection',
  A_Indices: 'is_slice lidx uidx',
  A_ArrayExpr: 'elements list_start list_end',
  BoolExpr: 'boolop args',
  BooleanTest: 'arg booltesttype',
  NullTest: 'arg nulltesttype argisrow',
  CaseExpr: 'arg args defresult',
  CaseWhen: 'expr result',
  CoalesceExpr: 'args',
  MinMaxExpr: 'op args',
  SubLink: 'subLinkType testexpr operName subselect',
  FuncCall:
    'funcname args agg_order agg_filter over agg_within_group agg_star agg_distinct func_variadic funcformat',
  NamedArgExpr: 'name arg argnumber',
  WindowDef: 'name refname partitionClause orderClause frameOptions startOffset endOffset',
  SortBy: 'node sortby_dir sortby_nulls',
  GroupingFunc: 'args',
  GroupingSet: 'kind content',
  TypeCast: 'arg typeName',
  TypeName: 'names typemod typmods arrayBounds',
  CollateClause: 'arg collname',
  RowExpr: 'args row_format',
  SQLValueFunction: 'op typmod',
  List: 'items',
  String: 'sval',
  Integer: 'ival',
  Float: 'fval',
}

export const allowedNodes: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(lists).map(([kind, parts]) => [kind, new Set(['location', ...parts.split(' ')])]),
)

/** Parts that hold one node of a kind known beforehand, which the tree then does not name. */
export const kindOfPart: Readonly<Record<string, string>> = {
  withClause: 'WithClause',
  alias: 'Alias',
  join_using_alias: 'Alias',
  typeName: 'TypeName',
  over: 'WindowDef',
  'SelectStmt larg': 'SelectStmt',
  'SelectStmt rarg': 'SelectStmt',
}
