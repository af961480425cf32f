/** The intent whose labelled examples lie nearest in meaning, when it leads by a margin. */
import { dotProduct } from '../../models/embedding/dot-product.js'
import type { Intent } from '../answer.js'
import { intentExamples } from './intent-examples.js'

export type EmbedTexts = (
  texts: readonly string[],
) => Promise<readonly (readonly number[])[] | undefined>

export interface NearestIntent {
  readonly intent: Intent
  /** Lead over the next intent, in cosine similarity. */
  readonly margin: number
}

/** Classifies by meaning; undefined when there is no sentence model. Examples are embedded once. */
export function createIntentClassifier(embed: EmbedTexts) {
  const labelled = Object.entries(intentExamples).flatMap(([intent, texts]) =>
    texts.map((text) => ({ intent: intent as Intent, text })),
  )
  let examples: Promise<readonly (readonly number[])[] | undefined> | undefined
  return async (question: string): Promise<NearestIntent | undefined> => {
    examples ??= embed(labelled.map(({ text }) => text))
    const vectors = await examples
    const [vector] = (vectors && (await embed([question]))) ?? []
    if (!vectors || !vector) return undefined
    const best = new Map<Intent, number>()
    labelled.forEach(({ intent }, at) => {
      const similarity = dotProduct(vector, vectors[at] ?? [])
      best.set(intent, Math.max(best.get(intent) ?? -1, similarity))
    })
    const [first, second] = [...best].sort((a, b) => b[1] - a[1])
    return first && { intent: first[0], margin: first[1] - (second?.[1] ?? -1) }
  }
}
