/** Says plainly when a part of the service is missing, lesser or still loading. */
import { getJson } from './api.js'
import { byId, element } from './element.js'

/** @typedef {import('../orchestrator.js').Health} Health */

/** How often health is read again while something is not ok, in milliseconds. */
const pollMs = 5_000

export async function watchHealth() {
  /** @type {Health | undefined} */
  const health = await getJson('/api/v1/health').catch(() => undefined)
  const notes = health
    ? health.parts.filter(({ state }) => state !== 'ok')
    : [{ state: 'missing', note: 'Parley does not answer. Is it still running in the terminal?' }]
  show(notes)
  if (notes.length > 0) setTimeout(watchHealth, pollMs)
}

/** @param {readonly { state: string, note: string }[]} notes */
function show(notes) {
  const list = byId('notices')
  const text = notes.map(({ note }) => note).join()
  if (list.dataset.shown === text) return
  list.dataset.shown = text
  list.hidden = notes.length === 0
  list.replaceChildren(
    ...notes.map(({ state, note }) => element('li', { 'data-state': state }, note)),
  )
}
