/** Fields of a form, each with its label, a hint, and what the service says of it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { DraftForm } from './entry-kind.js'

interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Characters. */
  readonly most?: number
  readonly isOptional?: boolean
}

export interface Choice {
  readonly value: string
  readonly label: string
}

export function textField(
  form: DraftForm,
  field: Field,
  suggested: readonly string[] = [],
): TemplateResult {
  const { id, draft } = form
  const { name, most, isOptional = false } = field
  const list = `${id}-${name}-list`
  return framed(
    form,
    field,
    html`<input
        class="field"
        id="${id}-${name}"
        name=${name}
        maxlength=${most ?? nothing}
        autocomplete="off"
        list=${suggested.length > 0 ? list : nothing}
        ?required=${!isOptional}
        .value=${draft[name] ?? ''}
        aria-invalid=${isWrong(form, field)}
        aria-describedby=${describedBy(form, field)}
        @input=${setter(form, name)}
      >
      ${
        suggested.length > 0
          ? html`<datalist id=${list}>${suggested.map((value) => html`<option value=${value}></option>`)}</datalist>`
          : nothing
      }`,
  )
}

export function areaField(
  form: DraftForm,
  field: Field & { readonly isCode?: boolean },
): TemplateResult {
  const { id, draft } = form
  const { name, most, isCode = false } = field
  return framed(
    form,
    field,
    html`<textarea
      class=${isCode ? 'field entry-code' : 'field'}
      id="${id}-${name}"
      name=${name}
      rows="3"
      maxlength=${most ?? nothing}
      spellcheck=${isCode ? 'false' : nothing}
      autocapitalize=${isCode ? 'off' : nothing}
      required
      .value=${draft[name] ?? ''}
      aria-invalid=${isWrong(form, field)}
      aria-describedby=${describedBy(form, field)}
      @input=${setter(form, name)}
    ></textarea>`,
  )
}

export function choiceField(
  form: DraftForm,
  field: Field,
  choices: readonly Choice[],
): TemplateResult {
  const { id, draft } = form
  const { name } = field
  return framed(
    form,
    field,
    html`<select
      class="field"
      id="${id}-${name}"
      name=${name}
      required
      aria-invalid=${isWrong(form, field)}
      aria-describedby=${describedBy(form, field)}
      @change=${setter(form, name)}
    >
      ${choices.map(
        ({ value, label }) =>
          html`<option value=${value} .selected=${value === (draft[name] ?? '')}>${label}</option>`,
      )}
    </select>`,
  )
}

function framed(form: DraftForm, { name, label, hint }: Field, control: TemplateResult) {
  const complaint = form.complaints[name]
  return html`<div class="entry-field" data-field=${name}>
    <label for="${form.id}-${name}">${label}</label>
    ${control}
    ${hint ? html`<p class="muted" id="${form.id}-${name}-hint">${hint}</p>` : nothing}
    ${complaint ? html`<p class="complaint" id="${form.id}-${name}-complaint" role="alert">${complaint}</p>` : nothing}
  </div>`
}

function isWrong({ complaints }: DraftForm, { name }: Field): 'true' | 'false' {
  return complaints[name] ? 'true' : 'false'
}

function describedBy({ id, complaints }: DraftForm, { name, hint }: Field) {
  const ids = [hint && `${id}-${name}-hint`, complaints[name] && `${id}-${name}-complaint`]
  return ids.filter(Boolean).join(' ') || nothing
}

function setter({ set }: DraftForm, name: string) {
  return ({ currentTarget }: Event) => set(name, (currentTarget as HTMLInputElement).value)
}
