/** The generator chooser with the live status of each. */
import { getJson } from './api.js'
import { byId, element } from './element.js'

/** @typedef {import('../../agents/sql-generator.js').GeneratorStatus} GeneratorStatus */

/** How often the status is read again while something is still getting ready, in milliseconds. */
const pollMs = 4_000

/** @type {Record<string, string>} */
const labels = { auto: 'Auto', rules: 'Rules', local: 'Local model' }

/** @returns {{ chosen: () => string }} */
export function createGeneratorChooser() {
  const select = /** @type {HTMLSelectElement} */ (byId('generator'))
  /** @type {readonly GeneratorStatus[]} */
  let statuses = []

  function describe() {
    const status = statuses.find(({ name }) => name === select.value)
    const note = byId('generator-note')
    if (note.textContent !== (status?.note ?? '')) note.textContent = status?.note ?? ''
    note.title = status?.note ?? ''
    byId('generator-light').dataset.ready = String(status?.ready ?? false)
  }

  async function refresh() {
    try {
      statuses = (await getJson('/api/v1/generators')).generators
      fillOptions(select, statuses)
      describe()
    } catch {
      byId('generator-light').dataset.ready = 'false'
    }
    if (statuses.length === 0 || statuses.some(({ ready }) => !ready)) setTimeout(refresh, pollMs)
  }

  select.addEventListener('change', describe)
  void refresh()
  return { chosen: () => select.value || 'auto' }
}

/**
 * Keeps the choice, and touches the list only when it changed: an open list must not close by itself.
 * @param {HTMLSelectElement} select
 * @param {readonly GeneratorStatus[]} statuses
 */
function fillOptions(select, statuses) {
  const wanted = statuses.map(
    ({ name, ready }) => `${labels[name] ?? name}${ready ? '' : ' (not ready)'}`,
  )
  const shown = [...select.options].map(({ text }) => text)
  if (wanted.join() === shown.join()) return
  const chosen = select.value
  select.replaceChildren(
    ...statuses.map(({ name, ready }, place) =>
      element('option', { value: name, disabled: !ready }, wanted[place]),
    ),
  )
  if (statuses.some(({ name }) => name === chosen)) select.value = chosen
}
