/** One SQL function, with how people ask for what it makes. */
import type { Dialect } from '../../catalog.js'

export interface BuiltIn {
  readonly name: string
  readonly on: 'text' | 'number' | 'date'
  /** `{}` is the column; `sqlite` and `postgres` where those engines say it otherwise. */
  readonly sql: string
  readonly sqlite?: string
  readonly postgres?: string
  /** After "the"; `{}` stands for the column's words. */
  readonly words: readonly string[]
  readonly makes: 'text' | 'number' | 'date'
  /** Numbers that it is compared with. */
  readonly bounds?: readonly number[]
  /** What the stored values must have for it to make a difference. */
  readonly needs?: 'spaces' | 'fractions' | 'thousands'
  /** Makes few values, which rows may be grouped by. */
  readonly groups?: true
}

export function sqlOf(
  { sql, sqlite, postgres }: Pick<BuiltIn, 'sql' | 'sqlite' | 'postgres'>,
  dialect: Dialect,
  column: string,
): string {
  const own: Partial<Record<Dialect, string>> = { sqlite, postgres }
  return (own[dialect] ?? sql).replaceAll('{}', () => column)
}
