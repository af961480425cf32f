/** Says, as well as names alone can tell, what a wrong SQL got wrong. */

export type ErrorKind =
  | 'no_answer'
  | 'execution_error'
  | 'wrong_table'
  | 'missing_join'
  | 'wrong_column'
  | 'wrong_value'
  | 'wrong_structure'

interface Parts {
  readonly tables: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly values: ReadonlySet<string>
}

const TABLE = /\b(?:from|join)\s+((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))*)/gi
/** Double quotes hold a value where benchmarks compare with one, as SQLite lets them. */
const VALUE =
  /'(?:[^']|'')*'|(?<=(?:[=<>(,]|\blike|\bbetween|\band)\s*)"[^"]*"(?=\s*(?:[,);]|$|\b(?:and|or|group|order|limit|union|intersect|except|having)\b))|(?<![\w.])\d+(?:\.\d+)?(?![\w.])/gi
const ALIAS = /(?<=\bas\s+|\b(?:from|join)\s+\S+\s+)(?:"[^"]+"|\w+)/gi
const NAME = /"[^"]+"|\b[a-z_]\w*\b(?!\s*\()/gi
const WORDS = new Set(
  `select from where group by having order limit offset join inner left right full outer on as and or not in is
   null like ilike between case when then else end distinct asc desc nulls first last over partition rows
   filter with union all except intersect exists date timestamp interval true false using qualify any cast
   integer bigint double decimal varchar`.split(/\s+/),
)

/** Compares with the gold that shares most names; the first difference in the order of the kinds counts. */
export function classifyError(predicted: string, golds: readonly string[]): ErrorKind {
  const found = readParts(predicted)
  const [gold] = golds
    .map(readParts)
    .sort((left, right) => difference(left, found) - difference(right, found))
  if (!gold) return 'wrong_structure'
  const lacksTable = [...gold.tables].some((table) => !found.tables.has(table))
  const addsTable = [...found.tables].some((table) => !gold.tables.has(table))
  if (lacksTable) return addsTable ? 'wrong_table' : 'missing_join'
  if (addsTable) return 'wrong_table'
  if (!sameSet(gold.names, found.names)) return 'wrong_column'
  if (!sameSet(gold.values, found.values)) return 'wrong_value'
  return 'wrong_structure'
}

function readParts(sql: string): Parts {
  const values = new Set((sql.match(VALUE) ?? []).map(unquoted))
  const text = sql.replace(VALUE, ' ')
  const tables = new Set([...text.matchAll(TABLE)].map((match) => bare(match[1] ?? '')))
  const aliases = new Set((text.match(ALIAS) ?? []).map(bare))
  const names = new Set<string>()
  for (const match of text.matchAll(NAME)) {
    const name = bare(match[0])
    if (!WORDS.has(name) && !aliases.has(name) && !tables.has(name)) names.add(name)
  }
  return { tables, names, values }
}

/** `'France'` and `"France"` are one value. */
function unquoted(value: string): string {
  return value.replace(/^(['"])(.*)\1$/s, '$2').toLowerCase()
}

function bare(name: string): string {
  return (name.split('.').at(-1) ?? name).replaceAll('"', '').toLowerCase()
}

function difference(left: Parts, right: Parts): number {
  return uncommon(left.tables, right.tables) + uncommon(left.names, right.names)
}

function uncommon(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const only = (from: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...from].filter((item) => !other.has(item)).length
  return only(left, right) + only(right, left)
}

function sameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return uncommon(left, right) === 0
}
