/** Finds out which rows of a gold result tie in its ORDER BY. */

/** Whether row order counts: as the official evaluator decides, by the words alone. */
export function isOrdered(sql: string): boolean {
  return /\border\s+by\b/i.test(sql)
}

export interface KeyedSql {
  /** The gold without LIMIT, its order keys added as last columns. */
  readonly sql: string
  readonly keyCount: number
  readonly limit?: number
}

/**
 * Rewrites `SELECT … FROM … ORDER BY keys [LIMIT n]`. Undefined for shapes it leaves alone: no ORDER BY at
 * the outer level, DISTINCT, set operations, WITH, OFFSET and keys given as column numbers.
 */
export function withOrderKeys(sql: string): KeyedSql | undefined {
  const text = sql.trim().replace(/;\s*$/, '')
  if (!/^select\s+(?!distinct\b)/i.test(text)) return undefined
  const outer = maskInner(text)
  if (/\b(?:union|intersect|except|offset)\b/i.test(outer)) return undefined
  const from = outer.search(/\bfrom\b/i)
  const order = /\border\s+by\b/i.exec(outer)
  if (from < 0 || !order) return undefined
  const limit = /\blimit\s+(\d+)\s*$/i.exec(outer)
  const keys = splitOuter(text.slice(order.index + order[0].length, limit?.index)).map(withoutWords)
  if (keys.some((key) => /^\d+$/.test(key))) return undefined
  const head = `${text.slice(0, from).trimEnd()}, ${keys.join(', ')}`
  const body = text.slice(from, limit?.index).trimEnd()
  return {
    sql: `${head} ${body}`,
    keyCount: keys.length,
    ...(limit ? { limit: Number(limit[1]) } : {}),
  }
}

function withoutWords(key: string): string {
  return key.replace(/\s+nulls\s+(?:first|last)\s*$/i, '').replace(/\s+(?:asc|desc)\s*$/i, '')
}

/** Blanks out everything in parentheses and quotes, keeping all positions. */
function maskInner(text: string): string {
  let depth = 0
  let quote = ''
  let masked = ''
  for (const character of text) {
    if (quote) {
      if (character === quote) quote = ''
      masked += ' '
    } else if (character === "'" || character === '"') {
      quote = character
      masked += ' '
    } else {
      if (character === '(') depth += 1
      masked += depth > 0 ? ' ' : character
      if (character === ')') depth -= 1
    }
  }
  return masked
}

function splitOuter(text: string): string[] {
  const masked = maskInner(text)
  const parts: string[] = []
  let start = 0
  for (let at = 0; at <= masked.length; at += 1) {
    if (at < masked.length && masked[at] !== ',') continue
    parts.push(text.slice(start, at).trim())
    start = at + 1
  }
  return parts
}
