/** The API key of a service that asks for one: asked of the user, and kept until the tab is closed. */

export interface KeyRing {
  /** What a request carries; nothing while there is no key. */
  headers(): Readonly<Record<string, string>>
  /**
   * Asks for another key than the one that was refused, once for all requests that were.
   * Gives whether it is worth trying again.
   */
  renew(refused: string | undefined, reason: string): Promise<boolean>
  /** Whoever can ask the user says so here; the answer is undefined when they decline. */
  asker: ((reason: string) => Promise<string | undefined>) | undefined
}

export function createKeyRing(serviceUrl: string): KeyRing {
  const place = `parley-api-key ${serviceUrl}`
  let isDeclined = false
  let asking: Promise<void> | undefined

  async function ask(reason: string): Promise<void> {
    const key = (await ring.asker?.(reason))?.trim()
    if (key) sessionStorage.setItem(place, key)
    else isDeclined = true
    asking = undefined
  }

  const ring: KeyRing = {
    asker: undefined,
    headers(): Record<string, string> {
      const key = sessionStorage.getItem(place)
      return key ? { Authorization: `Bearer ${key}` } : {}
    },
    async renew(refused, reason) {
      if (ring.headers().Authorization !== refused) return true
      if (isDeclined) return false
      asking ??= ask(reason)
      await asking
      return ring.headers().Authorization !== refused
    },
  }
  return ring
}
