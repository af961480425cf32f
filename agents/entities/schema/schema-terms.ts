/** The words under which people may mean each table and column, derived from the catalog's names alone. */
import type { Catalog, Column, ColumnReference, Table } from '../../../data/catalog.js'
import { splitIdentifier, stem } from '../../../rag/words.js'
import { type DefinedColumn, definedColumn } from './defined-column.js'

export interface SchemaTerm {
  readonly kind: 'table' | 'column'
  readonly table: string
  readonly column?: string
  /** Stemmed words in name order. */
  readonly words: readonly string[]
  /** 1 for the full name, less for shortened forms. */
  readonly weight: number
  /** What somebody said that the words stand for. */
  readonly defined?: DefinedColumn
}

/** Parts of names that say how a thing is stored, not what it is. */
const storageWords = new Set(
  [
    'id',
    'key',
    'code',
    'no',
    'num',
    'nr',
    'name',
    'title',
    'label',
    'date',
    'at',
    'on',
    'dt',
    'time',
    'timestamp',
    'pct',
    'percent',
    'amt',
    'desc',
    'description',
    'flag',
    'is',
    'has',
    ...['sqm', 'm2', 'kg', 'km', 'cm', 'mm', 'usd', 'eur', 'ms', 'sec'],
    'type',
  ].map(stem),
)

/** Words that only say a column holds money or a count: "refund" is enough for `refund_amount`. */
const amountWords = new Set(['amount', 'total', 'value', 'sum'].map(stem))

const termsByCatalog = new WeakMap<Catalog, readonly SchemaTerm[]>()

/** All terms of a catalog; computed once per catalog object. */
export function schemaTerms(catalog: Catalog): readonly SchemaTerm[] {
  const known = termsByCatalog.get(catalog)
  if (known) return known
  const terms = [
    ...definedTerms(catalog),
    ...catalog.tables.flatMap((table) => [
      ...tableTerms(table),
      ...table.columns.flatMap((column) => columnTerms(table, column)),
    ]),
  ]
  termsByCatalog.set(catalog, terms)
  return terms
}

/** A column that names the rows of its table to people: `store_name`, `title`; else its key. */
export function displayColumn(table: Table): Column | undefined {
  const texts = table.columns.filter((column) => column.kind === 'text')
  const tableWords = identifierStems(table.name)
  const named = (column: Column, endings: readonly string[]) => {
    const words = identifierStems(column.name)
    const last = words.at(-1) ?? ''
    const rest = words.slice(0, -1)
    return endings.includes(last) && rest.every((word) => tableWords.includes(word))
  }
  return (
    texts.find((column) => named(column, ['name', 'title', 'label'].map(stem))) ??
    texts.find((column) =>
      ['name', 'title'].map(stem).includes(identifierStems(column.name).at(-1) ?? ''),
    ) ??
    texts.find((column) => column.unique) ??
    texts.find((column) => identifierStems(column.name).every((w) => tableWords.includes(w))) ??
    texts.find((column) => named(column, ['details'].map(stem))) ??
    keyColumn(table)
  )
}

/** The single column that identifies a row, when there is one. */
export function keyColumn(table: Table): Column | undefined {
  const key = table.primaryKey.length === 1 ? table.primaryKey[0] : undefined
  return (
    table.columns.find((column) => column.name === key) ??
    table.columns.find((column) => column.unique && !column.nullable)
  )
}

/** Whether people know its rows by a name, as they know customers but not sales. */
export function hasNames(table: Table): boolean {
  return displayColumn(table)?.name !== keyColumn(table)?.name
}

/** True for columns that only identify or link rows, so that summing them means nothing. */
export function isKeyLike(catalog: Catalog, reference: ColumnReference): boolean {
  const table = catalog.tables.find((candidate) => candidate.name === reference.table)
  if (table?.primaryKey.length === 1 && table.primaryKey[0] === reference.column) return true
  const links = catalog.relationships.some(
    (r) => r.from.table === reference.table && r.from.column === reference.column,
  )
  return links || /(^|_|[a-z])(id|ID|Id)$/.test(reference.column)
}

export function identifierStems(name: string): readonly string[] {
  return splitIdentifier(name).map(stem)
}

/** Terms for a stored value are links to it, and no names. */
function definedTerms({ terms = [] }: Catalog): readonly SchemaTerm[] {
  return terms.flatMap((term) => {
    const defined = definedColumn(term)
    if (!defined) return []
    const { table, column } = defined
    return aliasForms({ aliases: term.names }).map((words) => ({
      kind: 'column' as const,
      table,
      column,
      words,
      weight: definedWeight,
      defined,
    }))
  })
}

/** Above any name of the schema: somebody said what is meant. */
const definedWeight = 1.7

function tableTerms(table: Table): readonly SchemaTerm[] {
  const words = identifierStems(table.name)
  const full: SchemaTerm = { kind: 'table', table: table.name, words, weight: 1 }
  const head = words.at(-1)
  return distinctForms([
    full,
    ...(words.length > 1 && head !== undefined ? [{ ...full, words: [head], weight: 0.5 }] : []),
    ...aliasForms(table).map((form) => ({ ...full, words: form, weight: aliasWeight })),
  ])
}

/** What somebody calls it is as good as its own name, which comes first where both fit. */
const aliasWeight = 0.9

function aliasForms({ aliases = [] }: Pick<Table, 'aliases'>): readonly (readonly string[])[] {
  return aliases
    .map((alias) => identifierStems(alias).filter((word) => word !== 'of' && word !== 'the'))
    .filter((form) => form.length > 0)
}

function columnTerms(table: Table, column: Column): readonly SchemaTerm[] {
  const words = identifierStems(column.name)
  const tableWords = identifierStems(table.name)
  const of = (form: readonly string[], weight: number): SchemaTerm => ({
    kind: 'column',
    table: table.name,
    column: column.name,
    words: form,
    weight,
  })
  const meaning = words.filter((word) => !storageWords.has(word))
  const core = meaning.filter((word) => !amountWords.has(word))
  const ownWords = words.filter((word) => !tableWords.includes(word))
  const head = words.at(-1)
  const measured = withoutUnit(words)
  const spoken = words.filter((word) => word !== 'of')
  const person = personNames.get(words.join(''))
  const forms = [
    of(words, 1),
    ...(measured.length < words.length ? [of(measured, 0.9)] : []),
    ...(spoken.length < words.length ? [of(spoken, 1)] : []),
    ...(person ? [of(person, 1)] : []),
    ...(words.length === 2 ? [of([...words].reverse(), 0.85)] : []),
    ...(isDated(column) && words.includes(stem('date')) ? [of([stem('date')], 0.5)] : []),
    ...partsOf(words).map((part) => of(part, 0.6)),
    of([...new Set([...tableWords, ...ownWords])], 0.95),
    of(ownWords, 0.8),
    of(meaning, meaning.length === words.length ? 1 : 0.8),
    ...(core.length === meaning.length ? [] : [of(core, 0.8)]),
    ...(head === undefined || words.length === 1 ? [] : [of([head], 0.55)]),
    ...meaning.filter((word) => word !== head && words.length > 1).map((word) => of([word], 0.45)),
    ...aliasForms(column).map((form) => of(form, aliasWeight)),
  ]
  return distinctForms(forms.filter((form) => form.words.length > 0))
}

function isDated({ kind }: Column): boolean {
  return kind === 'date' || kind === 'timestamp'
}

/** Short names of columns that hold one part of a person's name. */
const personNames: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ['f', 'first'],
    ['first', 'first'],
    ['l', 'last'],
    ['last', 'last'],
  ].flatMap(([short, part]) => {
    const words = [part ?? '', 'name'].map(stem)
    return [
      [stem(`${short}name`), words],
      [`${short}${stem('name')}`, words],
    ] as const
  }),
)

/** `sales_in_billion` are sales. */
function withoutUnit(words: readonly string[]): readonly string[] {
  const at = words.lastIndexOf('in')
  return at > 0 && words.length - at <= 3 ? words.slice(0, at) : words
}

/** Neighbouring words inside a longer name: "market value" for `market_value_in_billion`. */
function partsOf(words: readonly string[]): readonly (readonly string[])[] {
  return words.flatMap((_, from) =>
    words.flatMap((_, to) =>
      to - from >= 1 && to - from < words.length - 1 ? [words.slice(from, to + 1)] : [],
    ),
  )
}

/** Keeps the strongest of equal forms. */
function distinctForms(forms: readonly SchemaTerm[]): readonly SchemaTerm[] {
  const best = new Map<string, SchemaTerm>()
  for (const form of forms) {
    const key = form.words.join(' ')
    if ((best.get(key)?.weight ?? 0) < form.weight) best.set(key, form)
  }
  return [...best.values()]
}
