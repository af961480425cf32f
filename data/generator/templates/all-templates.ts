/** Every template, by how many tables its question needs, in shares like those of Spider's training questions. */
import { bestGroupTemplates } from './ask-best-groups.js'
import { childTemplates } from './ask-children.js'
import { groupTemplates } from './ask-groups.js'
import { listTemplates } from './ask-lists.js'
import { nestedTemplates } from './ask-nested.js'
import { numberTemplates } from './ask-numbers.js'
import { orderTemplates } from './ask-orders.js'
import { ownerTemplates } from './ask-owners.js'
import { pathTemplates } from './ask-paths.js'
import { setTemplates } from './ask-sets.js'
import { specialTemplates } from './ask-special-conditions.js'
import type { NamedTemplate } from './askable.js'

export const singleTableTemplates: readonly NamedTemplate[] = [
  ...listTemplates,
  ...specialTemplates,
  ...orderTemplates,
  ...numberTemplates,
  ...groupTemplates,
  ...bestGroupTemplates,
]

export const joinTemplates: readonly NamedTemplate[] = [
  ...childTemplates,
  ...ownerTemplates,
  ...pathTemplates,
]

export const complexTemplates: readonly NamedTemplate[] = [...nestedTemplates, ...setTemplates]

export const templates: readonly NamedTemplate[] = [
  ...singleTableTemplates,
  ...joinTemplates,
  ...complexTemplates,
]
