/** Builds elements out of text only, so that data can never become markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Functions become listeners (`onclick`), `true` an empty attribute, `false` and `undefined` nothing.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value)
    else if (value === true) node.setAttribute(name, '')
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value))
  }
  for (const child of children.flat()) if (child) node.append(child)
  return node
}

/**
 * The page's own element of that id; a missing one is a mistake in `index.html`.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no #${id}`)
  return /** @type {T} */ (found)
}
