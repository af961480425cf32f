/** Names Spark's types as its SQL does, and sorts them into the few kinds that questions and charts care about. */
import type { ColumnKind } from '../catalog.js'

/** A type in parts, however it was told: by the protocol or by DESCRIBE … AS JSON. */
export interface TypeParts {
  readonly name: string
  readonly precision?: number
  readonly scale?: number
  readonly length?: number
  readonly element_type?: unknown
  readonly key_type?: unknown
  readonly value_type?: unknown
  readonly fields?: readonly FieldParts[]
}

interface FieldParts {
  readonly name: string
  readonly type?: unknown
  readonly data_type?: unknown
}

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL)\b/, 'number'],
  [/^(STRING|CHAR|VARCHAR)\b/, 'text'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP(_NTZ)?$/, 'timestamp'],
  [/^BOOLEAN$/, 'boolean'],
]

const names: Readonly<Record<string, string>> = {
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INT',
  long: 'BIGINT',
  var_char: 'VARCHAR',
  timestamp_ltz: 'TIMESTAMP',
  day_time_interval: 'INTERVAL',
  year_month_interval: 'INTERVAL',
  calendar_interval: 'INTERVAL',
  null: 'VOID',
}

/** `type` as `typeText` writes it. */
export function columnKind(type: string): ColumnKind {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

/** Such as `DECIMAL(10,2)` or `ARRAY<STRUCT<name: STRING>>`. */
export function typeText(given: unknown): string {
  const { name, precision, scale, length, ...inner } = partsOf(given)
  const shown = names[name] ?? name.toUpperCase()
  if (shown === 'DECIMAL') return `DECIMAL(${precision ?? 10},${scale ?? 0})`
  if (shown === 'CHAR' || shown === 'VARCHAR') return `${shown}(${length ?? 1})`
  if (shown === 'ARRAY') return `ARRAY<${typeText(inner.element_type)}>`
  if (shown === 'MAP') return `MAP<${typeText(inner.key_type)}, ${typeText(inner.value_type)}>`
  if (shown !== 'STRUCT') return shown
  const fields = inner.fields?.map((field) => {
    return `${field.name}: ${typeText(field.type ?? field.data_type)}`
  })
  return `STRUCT<${fields?.join(', ') ?? ''}>`
}

/** The protocol has `{kind: 'decimal', decimal: {precision: 10}}`, DESCRIBE `{name: 'decimal', precision: 10}`. */
function partsOf(given: unknown): TypeParts {
  if (typeof given !== 'object' || given === null) return { name: 'unknown' }
  if ('kind' in given && typeof given.kind === 'string') {
    const inner = (given as Readonly<Record<string, unknown>>)[given.kind]
    return { ...(inner as object), name: given.kind }
  }
  return 'name' in given ? (given as TypeParts) : { name: 'unknown' }
}
