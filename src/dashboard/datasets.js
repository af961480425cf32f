/** The dataset chooser: offers what can be asked about with questions to try, and opens what is chosen. */
import { getJson } from './api.js'
import { byId, element } from './element.js'
import { questionChips, questionLinks } from './question-chips.js'

/** @typedef {import('../dataset-status.js').DatasetStatus} DatasetStatus */

/** How often it is asked how far opening is, in milliseconds. */
const pollMs = 500

/**
 * @param {object} actions
 * @param {() => void} actions.onChoose Called when another dataset is chosen.
 * @param {(question: string) => void} actions.onAsk
 * @returns {{ chosen: () => string }} The name of the dataset; empty for the default one.
 */
export function createDatasetChooser({ onChoose, onAsk }) {
  const select = /** @type {HTMLSelectElement} */ (byId('dataset'))
  const note = byId('opening')
  /** @type {readonly DatasetStatus[]} */
  let datasets = []

  const current = () => datasets.find(({ name }) => name === select.value)

  function chosen() {
    const dataset = current()
    return !dataset || dataset.isDefault ? '' : dataset.name
  }

  async function read() {
    datasets = (await getJson('/api/v1/datasets')).datasets
  }

  /** @param {readonly string[]} samples */
  function offerSamples(samples) {
    byId('samples').hidden = samples.length === 0
    byId('sample-list').replaceChildren(...questionLinks(samples, onAsk))
    byId('suggested').replaceChildren()
  }

  async function show() {
    const dataset = current()
    if (!dataset) return
    byId('subject').textContent = dataset.subject
    offerSamples(dataset.samples)
    const watching = dataset.state === 'open' ? undefined : setInterval(watch, pollMs)
    if (watching) note.textContent = `Opening ${dataset.title} …`
    try {
      // Asking for suggestions opens the dataset.
      const path = `/api/v1/suggestions?dataset=${encodeURIComponent(dataset.name)}`
      const { suggestions } = await getJson(path)
      if (current()?.name !== dataset.name) return
      byId('suggested').replaceChildren(...questionChips(suggestions, onAsk))
      note.textContent = ''
    } catch (error) {
      if (current()?.name === dataset.name) note.textContent = failureText(error)
    } finally {
      clearInterval(watching)
    }
  }

  async function watch() {
    await read().catch(() => undefined)
    const dataset = current()
    if (dataset?.state === 'opening') note.textContent = openingText(dataset)
  }

  async function choose() {
    history.replaceState(null, '', chosen() ? `?dataset=${chosen()}` : location.pathname)
    note.textContent = ''
    onChoose()
    await show()
  }

  async function start() {
    await read()
    select.replaceChildren(...optionsOf(datasets))
    const wanted = new URLSearchParams(location.search).get('dataset')
    const first = datasets.find(({ name }) => name === wanted)
    select.value = (first ?? datasets.find(({ isDefault }) => isDefault))?.name ?? ''
    if (chosen()) onChoose()
    await show()
  }

  select.addEventListener('change', choose)
  start().catch(() => undefined)
  return { chosen }
}

/** @param {readonly DatasetStatus[]} datasets */
function optionsOf(datasets) {
  const options = datasets.map(({ name, title }) => element('option', { value: name }, title))
  const demos = options.filter((_, place) => datasets[place]?.subject)
  const own = options.filter((_, place) => !datasets[place]?.subject)
  if (own.length === 0) return demos
  return [...own, element('optgroup', { label: 'Demos' }, ...demos)]
}

/** @param {DatasetStatus} dataset */
function openingText({ title, progress }) {
  if (!progress) return `Opening ${title} …`
  return `${progress.step}: ${Math.floor((100 * progress.done) / progress.total)} %`
}

/** @param {unknown} error */
function failureText(error) {
  return error instanceof Error ? error.message : 'The data could not be opened.'
}
