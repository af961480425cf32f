/** What can be taken from, or given to, the local model to measure what it brings. */

export interface Levers {
  /**
   * Whether the model is held to a grammar of the offered schema: in all it writes, or only when what it wrote
   * freely cannot be completed, or never.
   */
  readonly grammar: 'always' | 'rescue' | 'off'
  /** Offers only the tables that retrieval ranks first, where otherwise all that fit are. */
  readonly schemaFilter: boolean
  /** Shows the tables and columns that the question names. */
  readonly nameHints: boolean
  /** Shows the stored values that the question names. */
  readonly valueHints: boolean
  /** Further candidates drawn when the first is in doubt; their results vote. */
  readonly samples: number
  /** Tries once more, told what went wrong. */
  readonly repair: boolean
}

export const defaultLevers: Levers = {
  grammar: 'rescue',
  schemaFilter: false,
  nameHints: true,
  valueHints: true,
  samples: 8,
  repair: true,
}
