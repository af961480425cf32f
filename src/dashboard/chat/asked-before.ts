/** The questions that were asked of a dataset from this browser, for the arrow keys: bounded, and nowhere but here. */

const mostQuestions = 50
/** Of all questions together. */
const mostCharacters = 20_000

export interface AskedPlace {
  /** A browser's storage. */
  readonly store: {
    getItem(name: string): string | null
    setItem(name: string, text: string): void
  }
  readonly name: string
}

/** Oldest first; none where the browser keeps nothing. */
export function askedBefore({ store, name }: AskedPlace): readonly string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

/** The newest questions, `question` the last of them and nowhere else. `known`: those of this page. */
export function rememberAsked(
  place: AskedPlace,
  known: readonly string[],
  question: string,
): readonly string[] {
  const kept = askedBefore(place)
  const others = (kept.length > 0 ? kept : known).filter((each) => each !== question)
  const asked = [...others, question].slice(-mostQuestions)
  let characters = asked.reduce((sum, { length }) => sum + length, 0)
  while (characters > mostCharacters && asked.length > 1) characters -= asked.shift()?.length ?? 0
  try {
    place.store.setItem(place.name, JSON.stringify(asked))
  } catch {
    // A browser that keeps nothing, or has no room, has the questions of this page alone.
  }
  return asked
}
