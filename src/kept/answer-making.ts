/** What is kept of how an answer was made: bounded, so that ten thousand turns of a user stay a small file. */
import type { Answer, AnswerMaking, Provenance } from '../../agents/answer.js'

/** Of one turn, as JSON. */
const mostCharacters = 16_000
/** Of what was looked up, best first. */
const mostDocuments = 20

/** Undefined where even the short form is too long. */
export function answerMaking(answer: Answer): AnswerMaking | undefined {
  const whole = makingOf(answer)
  return [whole, shortened(whole)].find((making) => JSON.stringify(making).length <= mostCharacters)
}

function makingOf(answer: Answer): AnswerMaking {
  const { intent, suggestions, warnings, timings, provenance } = answer
  const trace = answer.trace.map(({ details, ...step }) => step)
  const base = { intent, suggestions, warnings, trace, timings }
  const documented = provenance && { provenance: withFewer(provenance) }
  if (!answer.ok) {
    const { phase, hints } = answer.error
    return { ...base, ...documented, phase, hints }
  }
  const { columns, chartKinds, explanation, columnReadings, confidence, clarification } = answer
  const told = { columns, chartKinds, explanation, columnReadings, confidence, clarification }
  return { ...base, ...documented, ...told }
}

function withFewer(provenance: Provenance): Provenance {
  return { ...provenance, documents: provenance.documents.slice(0, mostDocuments) }
}

/** A wide result has many columns, a long statement many attempts; the words are worth more than these. */
function shortened({ provenance, columns, columnReadings, ...making }: AnswerMaking): AnswerMaking {
  return {
    ...making,
    ...(provenance && { provenance: { ...provenance, documents: [], attempts: [] } }),
  }
}
