/** Guesses keys and relationships from names; what it proposes still has to be proven by the values. */
import type { Column, ColumnReference, Table } from './catalog.js'
import { isKeyName, keyStem, nameWords, singular, tableStem } from './name-words.js'

/** Columns of one table that may identify its rows, most likely first. */
export function keyCandidates(table: Table): Column[] {
  const stem = tableStem(table.name)
  const rank = (column: Column, index: number): number => {
    const own = keyStem(column.name)
    if (!isKeyName(column.name)) return index === 0 ? 3 : Number(own === stem)
    if (own === '' || own === stem) return 5
    return index === 0 ? 4 : 2
  }
  return table.columns
    .map((column, index) => ({ column, rank: mayBeKey(column) ? rank(column, index) : 0 }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ column }) => column)
}

/** Fractions, truth values and nested values do not identify rows. */
function mayBeKey(column: Column): boolean {
  if (column.kind === 'number') return !/FLOAT|DOUBLE|REAL/.test(column.type)
  return column.kind === 'text' || column.kind === 'date' || column.kind === 'timestamp'
}

export interface ProposedRelationship {
  readonly from: ColumnReference
  readonly to: ColumnReference
  /** Larger is better; proposals of one child column compete. */
  readonly score: number
  /** The agreement of names, in plain words. */
  readonly reason: string
}

interface Parent {
  readonly table: Table
  readonly key: Column
  readonly tableStem: string
  readonly keyStem: string
  /** Singular, `maker` for `car_makers`. */
  readonly lastWord: string
}

/** Proposals for columns whose name points at another table's key, best first within each column. */
export function proposeRelationships(tables: readonly Table[]): ProposedRelationship[] {
  const parents = indexParents(tables.flatMap(parentsOf))
  return tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      likelyParents(parents, table, column)
        .flatMap((parent) => propose(table, column, parent) ?? [])
        .sort((a, b) => b.score - a.score),
    ),
  )
}

/** By each word or run of words that a column's name must have to agree with the parent's. */
interface ParentIndex {
  readonly parents: readonly Parent[]
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Places by the name of a column: like tables have like columns. */
  readonly found: Map<string, readonly number[]>
}

function indexParents(parents: readonly Parent[]): ParentIndex {
  const places = new Map<string, number[]>()
  for (const [place, parent] of parents.entries()) {
    const { table, key, tableStem, keyStem, lastWord } = parent
    const words = nameWords(key.name).join(' ')
    const name = key.name.toLowerCase()
    for (const handle of new Set([tableStem, keyStem, lastWord, words, name, ownMark(table)])) {
      const known = places.get(handle)
      if (known === undefined) places.set(handle, [place])
      else known.push(place)
    }
  }
  return { parents, places, found: new Map() }
}

function ownMark({ name }: Table): string {
  return `\n${name}`
}

/** A name that more keys than this share, as those of hundreds of like tables do, points at none of them. */
const MOST_PARENTS = 50

/** No others can agree: of thousands of tables few are compared with a column. In the order of the parents. */
function likelyParents(index: ParentIndex, table: Table, { name }: Column): Parent[] {
  const named = index.found.get(name) ?? placesNamed(index, name)
  index.found.set(name, named)
  const own = index.places.get(ownMark(table)) ?? []
  const places = new Set([...named, ...own])
  return [...places].sort((a, b) => a - b).flatMap((place) => index.parents[place] ?? [])
}

function placesNamed({ places }: ParentIndex, name: string): readonly number[] {
  const words = nameWords(name)
  const tails = words.map((_, index) => words.slice(index).join(' '))
  const handles = new Set([keyStem(name), ...tails.map(keyStem), ...tails, name.toLowerCase()])
  const known = [...handles].map((handle) => places.get(handle) ?? [])
  return known.filter(({ length }) => length <= MOST_PARENTS).flat()
}

function parentsOf(table: Table): Parent[] {
  return table.columns
    .filter((column) => column.unique)
    .map((key) => ({
      table,
      key,
      tableStem: tableStem(table.name),
      keyStem: keyStem(key.name),
      lastWord: singular(nameWords(table.name).at(-1) ?? ''),
    }))
}

function propose(table: Table, column: Column, parent: Parent): ProposedRelationship | undefined {
  if (!areComparable(column, parent.key)) return undefined
  const self = table.name === parent.table.name
  const agreement = self ? selfAgreement(column, parent) : nameAgreement(table, column, parent)
  if (agreement === undefined) return undefined
  const [score, reason] = agreement
  const from = { table: table.name, column: column.name }
  const to = { table: parent.table.name, column: parent.key.name }
  return { from, to, score, reason }
}

function areComparable(child: Column, key: Column): boolean {
  return child.kind === key.kind && mayBeKey(key) && (mayBeKey(child) || child.kind === 'number')
}

type Agreement = readonly [score: number, reason: string]

function nameAgreement(table: Table, column: Column, parent: Parent): Agreement | undefined {
  const stem = keyStem(column.name)
  const ownName = stem === '' || stem === tableStem(table.name)
  if (ownName && column.unique) return undefined
  const isKey = isKeyName(column.name)
  if (stem !== '' && stem === parent.tableStem) {
    return [isKey ? 6 : 5, 'it is named after the table']
  }
  if (hasSameKeyName(column, parent.key)) return [4, 'both have the same name']
  if (endsInKeyName(column, parent.key)) return [3, 'it ends in the name of the key']
  if (stem.length < SHORTEST_STEM) return undefined
  if (endsInTableName(column, parent)) return [isKey ? 3 : 2, 'it ends in the name of the table']
  if (isKey && stem === parent.keyStem) return [3, 'it is named after the key']
  if (stem === parent.lastWord) return [2, 'it is named after the last word of the table']
  return undefined
}

/** Shorter stems (`x`, `no`) agree with too much by chance. */
const SHORTEST_STEM = 3
/** Run-together key names that are no English words on their own: `uid`, `dno`, `apid`. */
const SHORT_KEY_NAME = /^\p{L}{1,3}(id|no)$/iu

/** `id` or `code` alone say nothing; `customer_id`, `uid` or a shared text key do. */
function hasSameKeyName(child: Column, key: Column): boolean {
  if (child.name.toLowerCase() !== key.name.toLowerCase()) return false
  const isTelling = keyStem(child.name) !== '' && (isKeyName(child.name) || child.kind === 'text')
  return isTelling || SHORT_KEY_NAME.test(child.name)
}

/** `supplier_company_id` ends in the words of the key `company_id`; a key called `id` does not count. */
function endsInKeyName(child: Column, key: Column): boolean {
  const [words, keyWords] = [nameWords(child.name), nameWords(key.name)]
  const isTelling = keyWords.length > 1 || SHORT_KEY_NAME.test(key.name)
  const tail = words.slice(-keyWords.length)
  return isTelling && isKeyName(key.name) && tail.join(' ') === keyWords.join(' ')
}

/** Words of columns that count or measure: `total_sale` is no reference to a sale. */
const MEASURE_WORDS = /^(total|num|number|no|count|sum|avg|average|min|max|mean|of|per)$/

/** `billing_address_id` and `host_city` do; compared by whole words, and `total_orders` is a count. */
function endsInTableName(column: Column, parent: Parent): boolean {
  const words = nameWords(column.name)
  if (!isKeyName(column.name)) {
    const last = words.at(-1) ?? ''
    if (last !== singular(last) || words.some((word) => MEASURE_WORDS.test(word))) return false
  }
  return words.some((_, index) => keyStem(words.slice(index).join(' ')) === parent.tableStem)
}

const SELF_WORDS = /^(parent|manager|supervisor|boss|reportsto|superior|mentor|replyto)/

function selfAgreement(column: Column, parent: Parent): Agreement | undefined {
  if (column.name === parent.key.name) return undefined
  const points = SELF_WORDS.test(nameWords(column.name).join(''))
  return points ? [2, 'it names another row of its own table'] : undefined
}
