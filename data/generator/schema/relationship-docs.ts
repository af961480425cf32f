/** Questions on how tables belong together: keys, declared or inferred, with the evidence, and ways over several. */
import { sqlName } from '../../../models/grammar/sql-name.js'
import type { Catalog, Relationship, Table } from '../../catalog.js'
import type { Random } from '../../random.js'
import { pathUp } from '../../relationship-graph.js'
import { joined } from '../templates/say.js'
import type { Worded, WordedTemplate } from '../worded-template.js'

export function relationshipDocs(catalog: Catalog): readonly WordedTemplate[] {
  const { tables, relationships } = catalog
  if (relationships.length === 0) return []
  const ofKey =
    (ask: (key: Relationship, random: Random) => Worded | undefined) => (random: Random) =>
      ask(random.pick(relationships), random)
  return [
    ['how two tables are related', 5, ofKey(howRelated)],
    ['what a key points at', 3, ofKey(whatItPointsAt)],
    ['evidence for a key', 3, ofKey(evidenceFor)],
    ['condition of a join', 3, ofKey(conditionOf)],
    ['joined rows', 4, ofKey(joinedRows)],
    ['what a table points at', 2, (random) => pointsAt(catalog, random.pick(tables), random)],
    ['what points at a table', 2, (random) => pointedAt(catalog, random.pick(tables), random)],
    ['way between tables', 5, (random) => wayBetween(catalog, random)],
  ]
}

/** "sales.store_id = stores.store_id", with every pair of a key of several columns. */
function equation({ from, to, further = [] }: Relationship): string {
  const pairs = [{ from: from.column, to: to.column }, ...further]
  return pairs.map((pair) => `${from.table}.${pair.from} = ${to.table}.${pair.to}`).join(' and ')
}

function evidenceOf({ origin, evidence }: Relationship): string {
  if (origin === 'declared') return 'The database declares this key.'
  const why = evidence?.trim().replace(/\.$/, '')
  return why
    ? `This key is not declared; it is inferred: ${why}.`
    : 'This key is not declared; it is inferred from names and values.'
}

function howRelated(key: Relationship, random: Random): Worded {
  const { from, to } = key
  const [one, other] = random.chance(50) ? [from.table, to.table] : [to.table, from.table]
  const question = random.pick([
    `How are ${one} and ${other} related?`,
    `What connects ${one} with ${other}?`,
    `How do ${one} and ${other} belong together?`,
    `What is the relationship between ${one} and ${other}?`,
    `Is there a key between ${one} and ${other}?`,
  ])
  const answer = `Many rows of ${from.table} point at one row of ${to.table}: ${equation(key)}. ${evidenceOf(key)}`
  return { question, answer, tables: tablesOf(key) }
}

function whatItPointsAt(key: Relationship, random: Random): Worded {
  const { from, to } = key
  const question = random.pick([
    `What does ${from.table}.${from.column} point at?`,
    `Which table does ${from.column} of ${from.table} refer to?`,
    `What is ${from.column} in ${from.table} a reference to?`,
    `Where does ${from.table}.${from.column} lead?`,
  ])
  const answer = `${from.table}.${from.column} points at ${to.table}.${to.column}. ${evidenceOf(key)}`
  return { question, answer, tables: tablesOf(key) }
}

function evidenceFor(key: Relationship, random: Random): Worded {
  const { from, to } = key
  const question = random.pick([
    `Is the key from ${from.table} to ${to.table} declared?`,
    `How do we know that ${from.table}.${from.column} points at ${to.table}?`,
    `Why are ${from.table} and ${to.table} said to be related?`,
    `What is the evidence that ${from.table}.${from.column} refers to ${to.table}?`,
  ])
  return { question, answer: `${evidenceOf(key)} It says ${equation(key)}.`, tables: tablesOf(key) }
}

function conditionOf(key: Relationship, random: Random): Worded {
  const { from, to } = key
  const question = random.pick([
    `On which columns do I join ${from.table} to ${to.table}?`,
    `What is the join condition between ${to.table} and ${from.table}?`,
    `How do I join ${from.table} with ${to.table}?`,
    `Which columns must be equal to bring ${from.table} and ${to.table} together?`,
  ])
  return { question, answer: `Join them on ${equation(key)}.`, tables: tablesOf(key) }
}

/** With SQL, which is checked as all SQL is. */
function joinedRows(key: Relationship, random: Random): Worded | undefined {
  const { from, to, further = [] } = key
  if (from.table === to.table) return undefined
  const counts = random.chance(40)
  const [child, parent] = [sqlName(from.table), sqlName(to.table)]
  const pairs = [{ from: from.column, to: to.column }, ...further]
  const on = pairs
    .map((pair) => `${child}.${sqlName(pair.from)} = ${parent}.${sqlName(pair.to)}`)
    .join(' and ')
  const sql = `select ${counts ? 'count(*)' : '*'} from ${child} join ${parent} on ${on}`
  const question = counts
    ? random.pick([
        `How many rows of ${from.table} have a row in ${to.table}?`,
        `Count the rows of ${from.table} that match a row of ${to.table}.`,
      ])
    : random.pick([
        `Show all rows of ${from.table} together with those of ${to.table} that they point at.`,
        `Join ${from.table} with ${to.table} and show every column.`,
      ])
  return { question, answer: `${equation(key)} brings them together.`, sql }
}

function pointsAt({ relationships }: Catalog, { name }: Table, random: Random): Worded {
  const keys = relationships.filter(({ from }) => from.table === name)
  const question = random.pick([
    `Which tables does ${name} point at?`,
    `What does a row of ${name} belong to?`,
    `Which foreign keys does ${name} have?`,
    `What are the parents of ${name}?`,
  ])
  const answer =
    keys.length === 0
      ? `${name} points at no other table.`
      : `${name} points at ${joined(keys.map(({ from, to }) => `${to.table} (by ${from.column})`))}.`
  return { question, answer, tables: [...new Set([name, ...keys.map(({ to }) => to.table)])] }
}

function pointedAt({ relationships }: Catalog, { name }: Table, random: Random): Worded {
  const keys = relationships.filter(({ to }) => to.table === name)
  const question = random.pick([
    `Which tables point at ${name}?`,
    `What belongs to a row of ${name}?`,
    `What refers to ${name}?`,
    `Which tables have a foreign key to ${name}?`,
  ])
  const answer =
    keys.length === 0
      ? `No other table points at ${name}.`
      : `${joined(keys.map(({ from }) => `${from.table} (by ${from.column})`))} point at ${name}.`
  return { question, answer, tables: [...new Set([name, ...keys.map(({ from }) => from.table)])] }
}

function wayBetween(catalog: Catalog, random: Random): Worded | undefined {
  const names = catalog.tables.map(({ name }) => name)
  const [from, to] = [random.pick(names), random.pick(names)]
  const way = pathUp(catalog, from, to) ?? pathUp(catalog, to, from)
  if (from === to || (way && way.length < 2)) return undefined
  const question = random.pick([
    `How do I get from ${from} to ${to}?`,
    `Over which tables are ${from} and ${to} connected?`,
    `How can ${from} and ${to} be joined?`,
    `What lies between ${from} and ${to}?`,
  ])
  if (!way) {
    const answer = `No chain of keys leads from ${from} up to ${to}, or from ${to} up to ${from}.`
    return { question, answer, tables: [from, to] }
  }
  const between = way.slice(0, -1).map((key) => key.to.table)
  const answer = `Over ${joined(between)}: ${way.map(equation).join(', then ')}.`
  return { question, answer, tables: [...new Set(way.flatMap(tablesOf))] }
}

function tablesOf({ from, to }: Relationship): string[] {
  return [...new Set([from.table, to.table])]
}
