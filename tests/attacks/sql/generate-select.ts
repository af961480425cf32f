/** Makes SELECTs over the shop from a seed: mostly sound ones, of all shapes that the guard knows. */

type Draw = (below: number) => number

interface Column {
  readonly name: string
  readonly type: 'number' | 'text' | 'date'
}

const tables: Readonly<Record<string, readonly Column[]>> = {
  stores: [
    { name: 'id', type: 'number' },
    { name: 'name', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'size', type: 'number' },
    { name: 'opened_on', type: 'date' },
  ],
  sales: [
    { name: 'store_id', type: 'number' },
    { name: 'sold_on', type: 'date' },
    { name: 'amount', type: 'number' },
  ],
}

const functions: Readonly<Record<Column['type'], readonly string[]>> = {
  number: [
    'abs',
    'round',
    'sqrt',
    'ln',
    'sign',
    'ceil',
    'floor',
    'exp',
    'cbrt',
    'bit_count',
    'even',
  ],
  text: [
    'upper',
    'lower',
    'length',
    'reverse',
    'trim',
    'md5',
    'ascii',
    'strip_accents',
    'bit_length',
    'hex',
  ],
  date: ['year', 'month', 'dayname', 'quarter', 'last_day', 'epoch', 'week', 'century', 'isodow'],
}
const aggregates = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'median',
  'stddev',
  'mode',
  'list',
  'first',
  'any_value',
  'entropy',
  'kurtosis',
  'approx_count_distinct',
]
const binary = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '//',
  '||',
  '=',
  '<',
  '>',
  '<=',
  'IS DISTINCT FROM',
  '<<',
  '&',
  'LIKE',
]
const literals = [
  '0',
  '1',
  '-1',
  '7.5',
  "'active'",
  "'%x%'",
  'NULL',
  "DATE '2023-05-05'",
  '9223372036854775807',
  '1e300',
  'true',
  "'é𝄞'",
  '[1, 2]',
  'INTERVAL 1 MONTH',
  "''",
]
const joins = ['JOIN', 'LEFT JOIN', 'SEMI JOIN', 'ANTI JOIN', 'FULL JOIN']

/** One SELECT; the same for the same draws. */
export function generateSelect(draw: Draw, depth = 0): string {
  const pick = <Item>(items: readonly Item[]) => items[draw(items.length)]!
  const table = pick(Object.keys(tables))
  const columns = tables[table]!
  const value = (left: number): string => {
    const column = pick(columns)
    const forms = [
      () => column.name,
      () => column.name,
      () => pick(literals),
      () => `${pick(functions[column.type])}(${column.name})`,
      () => `(${value(left - 1)} ${pick(binary)} ${value(left - 1)})`,
      () =>
        `CASE WHEN ${value(left - 1)} = ${pick(literals)} THEN ${value(left - 1)} ELSE ${pick(literals)} END`,
      () => `coalesce(${value(left - 1)}, ${pick(literals)})`,
      () =>
        `TRY_CAST(${value(left - 1)} AS ${pick(['VARCHAR', 'INTEGER', 'DATE', 'DOUBLE', 'BOOLEAN'])})`,
      () =>
        `${pick(aggregates)}(${column.name}) OVER (PARTITION BY ${pick(columns).name} ORDER BY ${pick(columns).name})`,
      () =>
        depth < 2 ? `(SELECT count(*) FROM (${generateSelect(draw, depth + 1)}))` : column.name,
    ]
    return left > 0 ? pick(forms)() : column.name
  }
  const clauses = [
    () => {
      const other = pick(Object.keys(tables))
      const on = `${table}.${pick(columns).name} ${pick(['=', '=', '<'])} o.${pick(tables[other]!).name}`
      return `SELECT ${table}.* FROM ${table} ${pick(joins)} ${other} o ON ${on} LIMIT ${draw(50)}`
    },
    () =>
      `SELECT ${value(3)} AS a, ${value(2)} AS b FROM ${table} WHERE ${value(2)} IS NOT NULL ORDER BY 1, 2 LIMIT ${draw(2_000)}`,
    () =>
      `SELECT ${pick(columns).name} AS k, ${pick(aggregates)}(${pick(columns).name}) AS v FROM ${table} GROUP BY ALL HAVING count(*) > ${draw(5)} ORDER BY ALL`,
    () =>
      `SELECT DISTINCT ${value(2)} FROM ${table} ${pick(['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'])} SELECT ${value(1)} FROM ${table}`,
    () =>
      `WITH c AS (${depth < 2 ? generateSelect(draw, depth + 1) : `FROM ${table}`}) SELECT count(*) FROM c`,
    () => `FROM ${table} SELECT ${value(3)} USING SAMPLE ${draw(100)} PERCENT`,
    () =>
      `SELECT unnest([${value(1)}]) FROM ${table} QUALIFY row_number() OVER (ORDER BY ${pick(columns).name}) < ${draw(40)}`,
  ]
  return pick(clauses)()
}
