/** What stands above the cards: how often they run, what they are filtered by, printing. */
import { html, type TemplateResult } from 'lit'
import type { Context } from '../../context.js'
import { type BoardFilter, noFilter } from './card-run.js'

interface BoardBar {
  readonly every: number
  readonly filter: BoardFilter
  /** That there are, to choose from. */
  readonly columns: readonly string[]
  readonly onEvery: (minutes: number) => void
  readonly onFilter: (filter: BoardFilter) => void
  readonly onRefresh: () => void
  readonly onSave: () => void
  readonly onOpen: (file: File) => void
}

/** In minutes. */
const choices = [0, 1, 5, 15, 60]

export function boardBar({ words, locale }: Context, bar: BoardBar): TemplateResult {
  const { keep } = words
  const onEvery = ({ currentTarget }: Event) =>
    bar.onEvery(Number((currentTarget as HTMLSelectElement).value))
  return html`<div class="board-bar">
    ${filterForm(keep, bar)}
    <button type="button" class="button button-small" @click=${bar.onRefresh}>${keep.refreshAll}</button>
    <label class="board-every">${keep.every}
      <select class="field" @change=${onEvery}>
        ${choices.map(
          (minutes) =>
            html`<option value=${minutes} .selected=${minutes === bar.every}>
              ${minutes === 0 ? keep.never : keep.minutes(locale.number(minutes), minutes === 1)}
            </option>`,
        )}
      </select>
    </label>
    <button type="button" class="button button-small" @click=${() => print()}>${keep.print}</button>
    <button type="button" class="button button-small" @click=${bar.onSave}>${keep.saveCards}</button>
    ${openCards(keep, bar.onOpen)}
  </div>`
}

/** Takes cards from a file; there may be none yet. */
export function openCards(
  keep: Context['words']['keep'],
  onFile: (file: File) => void,
): TemplateResult {
  const onChange = ({ currentTarget }: Event) => {
    const input = currentTarget as HTMLInputElement
    const [file] = input.files ?? []
    if (file) onFile(file)
    input.value = ''
  }
  return html`<label class="button button-small open-cards">${keep.openCards}
    <input class="visually-hidden" type="file" accept="application/json,.json" @change=${onChange}>
  </label>`
}

function filterForm(keep: Context['words']['keep'], { filter, columns, onFilter }: BoardBar) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const partOf = (name: keyof BoardFilter) => String(form.get(name) ?? '').trim()
    onFilter({
      from: partOf('from'),
      to: partOf('to'),
      column: partOf('column'),
      value: partOf('value'),
    })
  }
  return html`<form class="board-filter" aria-label=${keep.filterCards} @submit=${onSubmit} @reset=${() => onFilter(noFilter)}>
    <label>${keep.from} <input class="field" type="date" name="from" .value=${filter.from}></label>
    <label>${keep.to} <input class="field" type="date" name="to" .value=${filter.to}></label>
    <label>${keep.column}
      <select class="field" name="column">
        <option value="">${keep.anyColumn}</option>
        ${columns.map((name) => html`<option value=${name} .selected=${name === filter.column}>${name}</option>`)}
      </select>
    </label>
    <label>${keep.value} <input class="field" name="value" maxlength="200" .value=${filter.value}></label>
    <button type="submit" class="button button-small">${keep.apply}</button>
    <button type="reset" class="button button-small">${keep.clear}</button>
  </form>`
}
