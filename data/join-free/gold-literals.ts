/** Writes literals one way: numbers for number columns, strings for the others, one sign for unequal. */
import type { Column } from '../catalog.js'
import { word } from './gold-items.js'
import type { SqlNode } from './sql-tree.js'
import { isSymbol, wordOf } from './sql-tree.js'

type ColumnOf = (node: SqlNode | undefined) => Column | undefined

const comparisons = new Set(['=', '!=', '<', '>', '<=', '>='])
const truthWords: Readonly<Record<string, string>> = {
  '1': 'true',
  "'1'": 'true',
  '0': 'false',
  "'0'": 'false',
}
const numberText = /^'(-?\d+(?:\.\d+)?)'$/
const symbols: Readonly<Record<string, string>> = { '<>': '!=', '==': '=' }

/** SQLite compares a text column with `'20'` where the SQL says 20, and a number column with 20 for `'20'`. */
export function normaliseLiterals(
  nodes: readonly SqlNode[],
  columnOf: ColumnOf,
): readonly SqlNode[] {
  const signed = nodes.map(oneSign)
  return signed.map((node, index) => {
    if (node.type === 'group') {
      const column =
        wordOf(signed[index - 1]) === 'in' ? comparedBy(signed, index - 1, columnOf) : undefined
      const inner = normaliseLiterals(node.nodes, columnOf)
      return { ...node, nodes: inner.map((value) => coerced(value, column)) }
    }
    return node.type === 'text' ? coerced(node, comparedBy(signed, index, columnOf)) : node
  })
}

function oneSign(node: SqlNode): SqlNode {
  if (node.type !== 'text' || node.kind !== 'symbol') return node
  return { ...node, text: symbols[node.text] ?? node.text }
}

/** The column that the literal or list at `index` is compared with. */
function comparedBy(
  nodes: readonly SqlNode[],
  index: number,
  columnOf: ColumnOf,
): Column | undefined {
  const before = nodes[index - 1]
  const word = wordOf(nodes[index]) === 'in' ? 'in' : wordOf(before)
  if (word === 'in') return columnOf(wordOf(before) === 'not' ? nodes[index - 2] : before)
  if (word === 'between') return columnBeforeNot(nodes, index - 2, columnOf)
  if (word === 'and' && wordOf(nodes[index - 3]) === 'between') {
    return columnBeforeNot(nodes, index - 4, columnOf)
  }
  const isCompared = before?.type === 'text' && comparisons.has(before.text)
  return isCompared && !isOperand(nodes[index - 3]) ? columnOf(nodes[index - 2]) : undefined
}

function columnBeforeNot(nodes: readonly SqlNode[], index: number, columnOf: ColumnOf) {
  return columnOf(nodes[wordOf(nodes[index]) === 'not' ? index - 1 : index])
}

function isOperand(before: SqlNode | undefined): boolean {
  return ['+', '-', '*', '/', '%', '||'].some((sign) => isSymbol(before, sign))
}

function coerced(node: SqlNode, column: Column | undefined): SqlNode {
  if (node.type !== 'text' || column === undefined) return node
  const number = numberText.exec(node.text)?.[1]
  if (column.kind === 'number' && node.kind === 'string' && number !== undefined) {
    return { ...node, kind: 'number', text: number }
  }
  const truth = truthWords[node.text]
  if (column.kind === 'boolean' && truth !== undefined) return word(truth)
  const isText = column.kind === 'text' && node.kind === 'number'
  return isText ? { ...node, kind: 'string', text: `'${node.text}'` } : node
}
