/** Words that readable SQL writes in upper case. */

/** Keywords with a space before a bracket, as in IN (1, 2); the others read as functions. */
export const spacedKeywords: ReadonlySet<string> = new Set(
  'select distinct all from where having qualify limit offset as on using join in and or not is like ilike between exists any some case when then else over filter within group by order union intersect except with recursive materialized lateral values rollup cube sets escape similar to interval return'.split(
    ' ',
  ),
)

/** They lead a JOIN and say of which kind it is. */
export const joinWords: ReadonlySet<string> = new Set(
  'natural asof positional left right full inner outer cross semi anti'.split(' '),
)

export const upperCaseWords: ReadonlySet<string> = new Set([
  ...spacedKeywords,
  ...'asc desc nulls first last null true false end partition rows range groups unbounded preceding following current row inner left right full outer cross natural asof positional semi anti pivot unpivot exclude tablesample ignore respect collate at'.split(
    ' ',
  ),
])
