/** Reads a question against a catalog: words → items → roles → entities. No model, no database call. */
import type { Catalog, ColumnReference } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { Draft } from './draft.js'
import type { Entities } from './entities.js'
import { isFollowUp, mergeFollowUp, settleSteps } from './follow-up.js'
import { readForms } from './forms/read-forms.js'
import { joinAlternatives } from './items/join-alternatives.js'
import { findOmissions, unusedWords } from './omissions/find-omissions.js'
import { readNames } from './read-names.js'
import { assignRoles } from './roles/assign-roles.js'
import { completeDraft } from './settle/complete-draft.js'
import type { Surroundings } from './settle/resolve-columns.js'
import { settleEntities } from './settle/settle-entities.js'

export interface ReadingInput {
  readonly question: string
  readonly catalog: Catalog
  readonly valueLinks: readonly ValueLink[]
  /** ISO date that relative dates count from. */
  readonly asOf: string
  /** Earlier answers to "which one did you mean?", by lower-case phrase. */
  readonly resolutions?: Readonly<Record<string, ColumnReference>>
  /** What the turn before asked for, when the question may lean on it. */
  readonly previous?: Entities
}

export interface QuestionReading {
  readonly entities: Entities
  /** True when parts were taken over from the turn before. */
  readonly followsUp: boolean
}

export function readQuestion(input: ReadingInput): QuestionReading {
  const { catalog, previous, asOf } = input
  const question = previous ? settleSteps(input.question, previous) : input.question
  const named = readNames({ ...input, question })
  const items = readForms(named, catalog, asOf)
  const follows = previous !== undefined && isFollowUp(question, assignRoles(items, catalog))
  const draft = completeDraft(assignRoles(items, catalog, follows))
  const around: Surroundings = {
    catalog,
    ...tablesNamed(draft),
    // Without what every object has: a column may be called constructor.
    resolutions: Object.assign(Object.create(null), input.resolutions),
  }
  if (!previous || !follows) {
    const settled = settleEntities(draft, around, asOf)
    const entities = { ...settled, filters: joinAlternatives(items, settled.filters) }
    const omissions = findOmissions(items, draft, entities, catalog)
    return { entities: { ...entities, omissions }, followsUp: false }
  }
  const now = settleEntities(draft, around, asOf, previous.base)
  const merged = mergeFollowUp(question, draft, previous, now)
  return { entities: { ...merged, omissions: unusedWords(draft) }, followsUp: true }
}

/** Tables the question names outright, points at by a date's verb, or means by a value of theirs alone. */
function tablesNamed(draft: Draft): Pick<Surroundings, 'namedTables' | 'spokenTables'> {
  const measured = draft.measures.flatMap(({ mention }) => mention ?? [])
  const mentions = [
    draft.subject,
    ...measured,
    ...draft.presences,
    ...draft.absences,
    ...draft.dimensions.map((d) => ('mention' in d ? d.mention : undefined)),
  ]
  const named = mentions.flatMap((mention) => {
    const best = mention?.candidates[0]
    return best?.kind === 'table' && best.weight >= 0.5 ? [best.table] : []
  })
  const owners = [...draft.listed, ...measured].flatMap(({ owner }) => owner ?? [])
  const hinted = draft.timeHints.flatMap(({ candidates }) => candidates[0]?.table ?? [])
  const valued = draft.values.flatMap(({ links }) => {
    const tables = new Set(links.map((link) => link.column.table))
    return tables.size === 1 && named.length === 0 ? [...tables] : []
  })
  const spokenTables = new Set([...named, ...owners, ...hinted])
  return { namedTables: new Set([...spokenTables, ...valued]), spokenTables }
}
