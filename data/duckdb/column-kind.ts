/** Sorts DuckDB's column types into the few kinds that questions and charts care about. */
import type { ColumnKind } from '../catalog.js'

/** Array and list suffixes (`INTEGER[]`, `DATE[3]`) and nested types fall through to `other`. */
const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(DECIMAL|NUMERIC)(\(\d+, ?\d+\))?$/, 'number'],
  [/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/, 'number'],
  [/^(FLOAT|REAL|DOUBLE|BIGNUM|VARINT)$/, 'number'],
  [/^(VARCHAR|CHAR|TEXT|UUID)(\(\d+\))?$/, 'text'],
  [/^ENUM\(.*\)$/s, 'text'],
  [/^DATE$/, 'date'],
  [/^(TIMESTAMP|DATETIME)(_S|_MS|_NS|TZ| WITH TIME ZONE)?$/, 'timestamp'],
  [/^(BOOLEAN|BOOL)$/, 'boolean'],
]

/** The kind of a type as DuckDB names it, such as `DECIMAL(12,2)`. */
export function columnKind(sqlType: string): ColumnKind {
  const type = sqlType.trim()
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}
