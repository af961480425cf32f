/** What a made warehouse is about: things with columns, and the words people use for them. */

export type ThemeColumnKind =
  | 'label'
  | 'category'
  | 'money'
  | 'whole'
  | 'real'
  /** A property of one thing that nobody adds up: a price, a size, a score. */
  | 'rate'
  | 'day'
  | 'moment'
  /** A day in the life of a thing, years before the newest. */
  | 'past'
  | 'flag'
  | 'place'
  | 'person'
  | 'email'
  | 'phone'
  | 'code'

export interface ThemeColumn {
  /** As people say it: `visit date`. */
  readonly words: string
  readonly plural: string
  readonly kind: ThemeColumnKind
  /** Of numbers; of `past`, years back from the newest day. */
  readonly range: readonly [low: number, high: number]
  /** Of categories and labels. */
  readonly values: readonly string[]
  readonly nullable: boolean
  /** A value stands before the noun: `cancelled visits`. */
  readonly leads: boolean
  /** Other names of the total. */
  readonly synonyms: readonly string[]
  /** What happened on the date: `were hired`. */
  readonly verb?: string
}

export interface ThemeReference {
  /** The noun of the other table. */
  readonly to: string
  readonly nullable: boolean
}

export interface ThemeDeed {
  /** Noun of the table whose rows do it. */
  readonly by: string
  readonly past: string
  /** After "did not". */
  readonly base: string
}

export interface ThemeTable {
  readonly noun: string
  readonly plural: string
  /** Joins a name of this table to what happened there: `visits of Ada`, `bookings at Park Inn`. */
  readonly preposition: string
  /** What one of those it points at does in it: a member `borrowed a book`. */
  readonly deed?: ThemeDeed
  readonly columns: readonly ThemeColumn[]
  readonly references: readonly ThemeReference[]
}

export interface Theme {
  readonly name: string
  /** Referenced tables come first. */
  readonly tables: readonly ThemeTable[]
}
