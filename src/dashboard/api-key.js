/** The API key of a service that asks for one: asked of the user, and kept until the tab is closed. */

const place = 'parley-api-key'

/** @returns {Record<string, string>} */
export function keyHeaders() {
  const key = sessionStorage.getItem(place)
  return key ? { Authorization: `Bearer ${key}` } : {}
}

/** @type {Promise<boolean> | undefined} */
let asking

/**
 * Asks once for all requests that were refused at the same time.
 * @param {string} reason
 * @returns {Promise<boolean>} False when the user gave none.
 */
export function askForKey(reason) {
  asking ??= Promise.resolve().then(() => {
    const key = window.prompt(`${reason} Please enter yours:`)?.trim()
    if (key) sessionStorage.setItem(place, key)
    else sessionStorage.removeItem(place)
    setTimeout(() => {
      asking = undefined
    })
    return Boolean(key)
  })
  return asking
}
