/** Reads a file of row policies, YAML or JSON: users, their tables, and a condition for each. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { type RowPolicies, RowPolicyError } from './row-policy.js'

const longestCondition = 2_000

/** In YAML a bare `true` is no text. */
const condition = z.union([
  z.literal(true).transform(String),
  z.string().trim().min(1).max(longestCondition),
])

/** Databases take letters of either case for the same. */
const policy = z
  .record(z.string().min(1), condition)
  .refine(
    (tables) => new Set(Object.keys(tables).map(lowerCase)).size === Object.keys(tables).length,
    { error: 'A table is named twice.' },
  )

/** Strict: what is misspelled would else be what nobody enforces. */
const fileShape = z.strictObject({ users: z.record(z.string().min(1), policy) })

/** Rejects with a RowPolicyError when the file is missing or is no policy; it tells the line and the field. */
export async function readRowPolicies(path: string): Promise<RowPolicies> {
  const name = basename(path)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new RowPolicyError(`${name} cannot be read.`, { cause: error })
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const checked = fileShape.safeParse(contentsOf(name, document))
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path: field, message }) => {
      const line = lineOf(document, lines, field)
      return `line ${line}, ${field.join('.') || 'the whole file'}: ${message}`
    })
    throw new RowPolicyError(`${name} is no list of row policies: ${problems.join('; ')}`)
  }
  return new Map(Object.entries(checked.data.users))
}

function contentsOf(name: string, document: Document.Parsed): unknown {
  const [error] = document.errors
  const line = error?.linePos?.[0].line
  const where = line === undefined ? '' : ` (line ${line})`
  if (error) {
    throw new RowPolicyError(`${name} is neither YAML nor JSON${where}.`, { cause: error })
  }
  try {
    return document.toJS()
  } catch (error) {
    throw new RowPolicyError(`${name} is neither YAML nor JSON.`, { cause: error })
  }
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}

/** Of the innermost part of the field that is there. */
function lineOf(document: Document.Parsed, lines: LineCounter, field: PropertyKey[]): number {
  for (let depth = field.length; depth >= 0; depth -= 1) {
    const node = document.getIn(field.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
