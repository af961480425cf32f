/** nvBench's visualisation language as SQLite: the chart's name goes, binning becomes grouping. */

const VQL =
  /^\s*visualize\s+(?:stacked |grouping )?\w+\s+(select\s[\s\S]*?)(?:\s+bin\s+(\S+)\s+by\s+(\w+))?\s*$/i
const CLAUSE = /\s(where|group\s+by|having|order\s+by|limit)\s/gi
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thur', 'Fri', 'Sat']

/** Columns called year hold bare years, which SQLite would take for numbers of days. */
const dateOf = (column: string) =>
  `CASE WHEN length(${column}) = 4 THEN ${column} || '-01-01' ELSE ${column} END`
const numberOf = (part: string, column: string) =>
  `CAST(strftime('${part}', ${dateOf(column)}) AS INTEGER)`

const bins: Readonly<Record<string, (column: string) => string>> = {
  YEAR: (column) => numberOf('%Y', column),
  MONTH: (column) => numberOf('%m', column),
  DAY: (column) => `date(${dateOf(column)})`,
  HOUR: (column) => numberOf('%H', column),
  QUARTER: (column) => `(${numberOf('%m', column)} + 2) / 3`,
  WEEKDAY: (column) =>
    `CASE strftime('%w', ${dateOf(column)}) ${weekdays.map((name, day) => `WHEN '${day}' THEN '${name}'`).join(' ')} END`,
}

/**
 * The x axis is binned and grouped by, what is grouped by already tells series apart and is selected
 * last. Text that is no such query is given back as it is.
 */
export function sqlOfVql(vql: string): string {
  const [, query, binned, unit = ''] = VQL.exec(vql) ?? []
  if (query === undefined) return vql
  const bin = bins[unit.toUpperCase()]
  const { items, from, clauses } = readParts(query)
  const groups = (clauses.get('group by') ?? '').split(',').flatMap((name) => name.trim() || [])
  const series = groups.filter((name) => !items.some((item) => sameColumn(item, name)))
  const selected = [...items, ...series]
  if (bin && binned !== undefined) {
    const rest = selected.slice(1)
    const expression = bin(binned)
    clauses.set(
      'group by',
      [expression, ...groups.filter((n) => !sameColumn(n, binned))].join(', '),
    )
    const order = clauses.get('order by')
    if (order) clauses.set('order by', binnedOrder(order, binned, expression))
    return render([`${expression} AS ${unit.toLowerCase()}`, ...rest], from, clauses)
  }
  return render(selected, from, clauses)
}

function readParts(query: string) {
  const from = /\sfrom\s/i.exec(query)
  const fromEnd = (from?.index ?? 0) + (from?.[0].length ?? 0)
  const items = query.slice('select '.length, from?.index).split(' , ')
  const body = query.slice(fromEnd)
  const marks = [...body.matchAll(CLAUSE)].filter(({ index }) => depthAt(body, index) === 0)
  const clauses = new Map<string, string>()
  for (const [at, mark] of marks.entries()) {
    const name = (mark[1] ?? '').toLowerCase().replace(/\s+/g, ' ')
    clauses.set(name, body.slice(mark.index + mark[0].length, marks[at + 1]?.index).trim())
  }
  const trimmed = items.map((item) => item.trim())
  return { items: trimmed, from: body.slice(0, marks[0]?.index).trim(), clauses }
}

function binnedOrder(order: string, binned: string, expression: string): string {
  const [, key = '', direction = ''] = /^(.*?)(\s+(?:asc|desc))?$/i.exec(order.trim()) ?? []
  return sameColumn(key, binned) ? `${expression}${direction}` : order
}

function render(
  items: readonly string[],
  from: string,
  clauses: ReadonlyMap<string, string>,
): string {
  const order = ['where', 'group by', 'having', 'order by', 'limit']
  const written = order.flatMap((name) => {
    const text = clauses.get(name)
    return text ? [`${name.toUpperCase()} ${text}`] : []
  })
  return [`SELECT ${items.join(', ')} FROM ${from}`, ...written].join(' ')
}

/** `T1.Country` and `country` are the same here: nvBench is not strict about either. */
function sameColumn(left: string, right: string): boolean {
  const bare = (name: string) => (name.trim().split('.').at(-1) ?? '').toLowerCase()
  return bare(left) === bare(right)
}

function depthAt(text: string, index: number): number {
  let depth = 0
  for (const character of text.slice(0, index)) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
  }
  return depth
}
