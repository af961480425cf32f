/** Places for files that are made or sent: each takes room on the disk until its client has taken it. */
import { HttpError } from '../http-error.js'

const comeAgainSeconds = 5

/** Takes a place, until what it gives is called. Throws `busy` or `rate_limited`: one key gets half of what there is. */
export type TakePlace = (user: string | undefined) => () => void

export function filePlaces(most: number): TakePlace {
  const taken = new Set<{ readonly user: string | undefined }>()
  return (user) => {
    const comeAgain = { retryAfterSeconds: comeAgainSeconds }
    const own = [...taken].filter((place) => place.user === user).length
    if (user !== undefined && own >= Math.ceil(most / 2)) {
      throw new HttpError('rate_limited', `${own} files are under way for this key.`, [], comeAgain)
    }
    if (taken.size >= most) {
      throw new HttpError('busy', 'Too many files are under way.', ['Come again soon.'], comeAgain)
    }
    const place = { user }
    taken.add(place)
    return () => taken.delete(place)
  }
}
