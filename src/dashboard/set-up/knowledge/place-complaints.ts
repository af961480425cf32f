/** Which field of a form the service complains of. */
import type { RequestError } from '../../service/request-error.js'
import type { Draft } from './draft.js'

/** Refusals that are about what was written, and not about whether it may be. */
const aboutContent = ['invalid_request', 'not_found']

/** A kind of entry, for what is complained of. */
export interface ComplainedOf {
  /** By the service's name of a field, ours. */
  readonly fieldNames: Readonly<Record<string, string>>
  /** The field that a complaint about the whole belongs to. */
  blamed(draft: Draft): string
}

export interface PlacedComplaints {
  readonly fields: Draft
  /** True where it belongs to no field. */
  readonly isGeneral: boolean
}

/** A hint such as `title: Too long` names its field; else the kind of entry says which one is meant. */
export function placeComplaints(
  { code, message, hints }: RequestError,
  draft: Draft,
  kind: ComplainedOf,
): PlacedComplaints {
  if (!aboutContent.includes(code)) return { fields: {}, isGeneral: true }
  const named = hints.flatMap((hint) => {
    const [, path = '', complaint = ''] = /^(\w+)[.\d]*: (.*)$/s.exec(hint) ?? []
    const field = kind.fieldNames[path]
    return field ? [[field, complaint] as const] : []
  })
  if (named.length > 0) return { fields: Object.fromEntries(named), isGeneral: false }
  const text = hints.length > 0 ? `${message} ${hints.join(', ')}` : message
  return { fields: { [kind.blamed(draft)]: text }, isGeneral: false }
}
