/** The ways in which real warehouses spell the names of tables and columns. */

export interface NameStyle {
  table(noun: string, plural: string, isFact: boolean): string
  column(words: string, noun: string): string
  /** The key of a table, in the table itself. */
  key(noun: string): string
  /** The same key where another table points at it. */
  reference(noun: string): string
  readonly declaresKeys: boolean
}

const snake = (words: string) => words.toLowerCase().replaceAll(/[^a-z0-9]+/gi, '_')
const camel = (words: string) =>
  snake(words).replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (words: string) => {
  const name = camel(words)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

const abbreviations: Readonly<Record<string, string>> = {
  amount: 'amt',
  quantity: 'qty',
  number: 'nr',
  date: 'dt',
  department: 'dept',
  category: 'cat',
  minutes: 'min',
  status: 'stat',
  description: 'descr',
  transaction: 'txn',
  average: 'avg',
  organization: 'org',
  percent: 'pct',
  customer: 'cust',
  account: 'acct',
  employee: 'emp',
}
const abbreviated = (words: string) =>
  snake(words)
    .split('_')
    .map((word) => abbreviations[word] ?? word)
    .join('_')

const bareLabels = /^(name|title|model|state|status|type|kind|grade)$/

/** `name` says too little beside other names: `visitor_name`. */
const named = (words: string, noun: string) => (bareLabels.test(words) ? `${noun} ${words}` : words)

export const nameStyles: readonly NameStyle[] = [
  {
    table: (_, plural) => snake(plural),
    column: (words, noun) => snake(named(words, noun)),
    key: (noun) => `${snake(noun)}_id`,
    reference: (noun) => `${snake(noun)}_id`,
    declaresKeys: true,
  },
  {
    table: (noun) => snake(noun),
    column: (words) => snake(words),
    key: () => 'id',
    reference: (noun) => `${snake(noun)}_id`,
    declaresKeys: true,
  },
  {
    table: (_, plural) => pascal(plural),
    column: (words) => camel(words),
    key: (noun) => `${camel(noun)}Id`,
    reference: (noun) => `${camel(noun)}Id`,
    declaresKeys: true,
  },
  {
    table: (noun, _, isFact) => `${isFact ? 'fact' : 'dim'}_${snake(noun)}`,
    column: (words, noun) => snake(named(words, noun)).replace(/_date$/, '_on'),
    key: (noun) => `${snake(noun)}_key`,
    reference: (noun) => `${snake(noun)}_key`,
    declaresKeys: true,
  },
  {
    table: (_, plural) => snake(plural),
    column: (words, noun) => abbreviated(named(words, noun)),
    key: (noun) => `${abbreviated(noun)}_id`,
    reference: (noun) => `${abbreviated(noun)}_id`,
    declaresKeys: false,
  },
]
