/** Lets another generator answer where a model elsewhere cannot be had just now; the answer says so. */
import type { Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'

type Refused = Generation & { readonly ok: false }

/** That the data holds no answer is an answer; that nobody waits for it any more is none to make up for. */
const kept: readonly Refused['code'][] = ['not_understood', 'ambiguous', 'cancelled']

/** `other` is asked within what is left of the question's time. */
export function fallBack(first: SqlGenerator, other: SqlGenerator): SqlGenerator {
  return {
    ...first,
    generate: async (request) => {
      const written = await first.generate(request)
      if (written.ok || kept.includes(written.code)) return written
      const instead = await other.generate(withoutFailureOf(first, request))
      if (!instead.ok) return instead.code === 'cancelled' ? instead : both(written, instead)
      const why = `${first.name} could not be asked: ${written.message}`
      return {
        ...instead,
        warnings: [
          `${why} ${instead.generator} wrote the SQL instead.`,
          ...(instead.warnings ?? []),
        ],
        reason: `${why} ${instead.reason}`,
      }
    },
  }
}

/** The other one has written nothing yet. */
function withoutFailureOf({ name }: SqlGenerator, request: GenerationRequest): GenerationRequest {
  return request.failure?.generator === name ? { ...request, failure: undefined } : request
}

function both(first: Refused, other: Refused): Refused {
  return {
    ...first,
    hints: [`${other.generator} could not write it either: ${other.message}`, ...first.hints],
  }
}
