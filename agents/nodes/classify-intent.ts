/** Decides what kind of answer is wanted, from wording first and nearest labelled examples second. */
import type { GraphDependencies } from '../dependencies.js'
import { intentOfWording, isGivenSql } from '../intent/intent-rules.js'
import { traced } from '../traced.js'

/** Below this lead over the next intent the examples do not decide. */
const smallestMargin = 0.02

export function classifyIntent(dependencies: GraphDependencies) {
  return traced('classifyIntent', 'understanding', async (state) => {
    const { question } = state
    if (isGivenSql(state)) return { update: { intent: 'lookup' }, summary: 'The question is SQL.' }
    const worded = intentOfWording(question)
    if (worded) return { update: { intent: worded }, summary: `Its wording says: ${worded}.` }
    const nearest = await dependencies.nearestIntent(question)
    if (nearest && nearest.margin >= smallestMargin) {
      const { intent, margin } = nearest
      return { update: { intent }, summary: `Closest in meaning: ${intent}.`, details: { margin } }
    }
    return { update: { intent: 'unclear' }, summary: 'The names in it will decide.' }
  })
}
