/** The API key of a service that asks for one: asked of the user, and kept until the tab is closed. */

const place = 'parley-api-key'
let isDeclined = false

/** @returns {Record<string, string>} */
export function keyHeaders() {
  const key = sessionStorage.getItem(place)
  return key ? { Authorization: `Bearer ${key}` } : {}
}

/**
 * Asks for another key than the one that was refused, unless another request has asked meanwhile.
 * @param {string | undefined} refused The header that was sent.
 * @param {string} reason
 * @returns {boolean} Whether it is worth trying again.
 */
export function askForKey(refused, reason) {
  if (keyHeaders().Authorization !== refused) return true
  if (isDeclined) return false
  const key = window.prompt(`${reason} Please enter yours:`)?.trim()
  if (key) sessionStorage.setItem(place, key)
  else isDeclined = true
  return Boolean(key)
}
