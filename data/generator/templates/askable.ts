/** What template questions are asked about: the tables, columns and keys of a catalog, with words for them. */
import type { Column } from '../../catalog.js'
import type { Random } from '../../random.js'

/** `name` tells rows apart for people, `category` sorts them, `text` is other text; `key` is an id or code. */
export type Role = 'name' | 'category' | 'text' | 'number' | 'year' | 'date' | 'key'

export interface AskableColumn {
  /** The SQL name of its table. */
  readonly table: string
  /** `table.column`, quoted where needed. */
  readonly sql: string
  readonly role: Role
  /** Without the words of its table, singular. */
  readonly words: string
  readonly plural: string
  /** Stored texts that a question may name. */
  readonly values: readonly string[]
  /** Of numbers. */
  readonly range?: NumberRange
  /** A number of which a sum says something. */
  readonly additive: boolean
  readonly hasGaps: boolean
  readonly kind: Column['kind']
}

export interface NumberRange {
  readonly low: number
  readonly high: number
  readonly whole: boolean
  /** A few stored numbers. */
  readonly samples: readonly number[]
}

/** What is shown of a row when nothing else is asked for: a name, or first and last name. */
export interface Label {
  readonly sql: string
  readonly words: string
  readonly plural: string
  readonly columns: readonly AskableColumn[]
}

export interface AskableTable {
  readonly name: string
  /** As written in SQL. */
  readonly sql: string
  readonly noun: string
  readonly plural: string
  /** Readable ones only. */
  readonly columns: readonly AskableColumn[]
  readonly label?: Label
  /** `table.column` of a key of one column. */
  readonly key?: string
}

/** The only key between two tables. */
export interface Link {
  readonly child: AskableTable
  readonly parent: AskableTable
  /** `table.column` of the child. */
  readonly foreignKey: string
}

/** Two tables that a third, of which nothing need be said, relates many to many. */
export interface Bridge {
  readonly sql: string
  readonly left: AskableTable
  readonly right: AskableTable
  /** `table.column` of the bridge that points at the left table. */
  readonly leftKey: string
}

export interface Chain {
  readonly child: AskableTable
  readonly middle: AskableTable
  readonly top: AskableTable
}

export interface AskableSchema {
  readonly tables: readonly AskableTable[]
  readonly links: readonly Link[]
  readonly bridges: readonly Bridge[]
  readonly chains: readonly Chain[]
}

export interface TemplateSetting {
  readonly schema: AskableSchema
  readonly random: Random
}

export interface TemplateQuestion {
  /** In lower case but for names and values; ends in a question mark where it is a question. */
  readonly text: string
  /** Join-free, or nearly: it is said again in the encoder's convention. */
  readonly sql: string
}

/** Undefined when this schema, or what chance chose of it, has no such question. */
export type Template = (setting: TemplateSetting) => TemplateQuestion | undefined

/** With how often it is asked, of all templates. */
export type NamedTemplate = readonly [name: string, weight: number, template: Template]
