/** Which templates each phase asks, worded to the end. */
import type { Catalog } from '../catalog.js'
import type { PhaseName } from './pair.js'
import { bestGroupTemplates } from './templates/ask-best-groups.js'
import { childTemplates } from './templates/ask-children.js'
import { groupTemplates } from './templates/ask-groups.js'
import { listTemplates } from './templates/ask-lists.js'
import { nestedTemplates } from './templates/ask-nested.js'
import { numberTemplates } from './templates/ask-numbers.js'
import { orderTemplates } from './templates/ask-orders.js'
import { ownerTemplates } from './templates/ask-owners.js'
import { pathTemplates } from './templates/ask-paths.js'
import { setTemplates } from './templates/ask-sets.js'
import { specialTemplates } from './templates/ask-special-conditions.js'
import type { AskableSchema, NamedTemplate, TemplateSetting } from './templates/askable.js'
import { finished } from './templates/say.js'

/** As it is asked. */
export interface Worded {
  readonly question: string
  readonly sql: string
}

export type WordedTemplate = readonly [
  name: string,
  weight: number,
  template: (setting: TemplateSetting) => Worded | undefined,
]

export function phaseTemplates(
  phase: PhaseName,
  _catalog: Catalog,
  _schema: AskableSchema,
): readonly WordedTemplate[] {
  switch (phase) {
    case 'builtins':
      return []
    case 'single_table':
      return [
        ...listTemplates,
        ...specialTemplates,
        ...orderTemplates,
        ...numberTemplates,
        ...groupTemplates,
        ...bestGroupTemplates,
      ].map(worded)
    case 'joins':
      return [...childTemplates, ...ownerTemplates, ...pathTemplates].map(worded)
    case 'complex_sqls':
      return [...nestedTemplates, ...setTemplates].map(worded)
  }
}

function worded([name, weight, template]: NamedTemplate): WordedTemplate {
  return [
    name,
    weight,
    (setting) => {
      const found = template(setting)
      return found && { question: finished(found.text, setting.random), sql: found.sql }
    },
  ]
}
