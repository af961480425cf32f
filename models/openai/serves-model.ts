/** Whether a server that speaks OpenAI's API answers, and has a model: it is asked for its list. */
import { openClient } from './open-client.js'

export interface LookedAt {
  readonly baseUrl: string
  readonly key?: string
  readonly model: string
}

/** Never rejects. A server that lists nothing may have the model all the same. */
export async function servesModel(
  { baseUrl, key, model }: LookedAt,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { data } = await openClient(baseUrl, key, lookMs).models.list({ signal })
    return data.length === 0 || data.some(({ id }) => id === model)
  } catch {
    return false
  }
}

const lookMs = 5_000
