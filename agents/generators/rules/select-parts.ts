/** One join-free SELECT as parts, and as text. */

export interface SelectParts {
  readonly distinct: boolean
  readonly items: readonly string[]
  readonly from: string
  readonly where: readonly string[]
  readonly groupBy: readonly string[]
  readonly having: readonly string[]
  readonly orderBy: readonly string[]
  readonly limit?: number
  readonly offset?: number
}

export function selectSql(parts: SelectParts): string {
  return [
    `select ${parts.distinct ? 'distinct ' : ''}${parts.items.join(', ')}`,
    `from ${parts.from}`,
    clause('where', parts.where, ' and '),
    clause('group by', parts.groupBy, ', '),
    clause('having', parts.having, ' and '),
    clause('order by', parts.orderBy, ', '),
    parts.limit === undefined ? '' : `limit ${parts.limit}`,
    parts.offset ? `offset ${parts.offset}` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function clause(word: string, parts: readonly string[], separator: string): string {
  return parts.length === 0 ? '' : `${word} ${parts.join(separator)}`
}
