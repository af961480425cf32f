/** Terms of the business: words, and the column, value or expression that each stands for. */
import { html, nothing } from 'lit'
import type { Column } from '../../../../data/catalog.js'
import type { Term } from '../../../../data/store/handbook-store.js'
import { withDataset } from '../../context.js'
import type { Draft } from './draft.js'
import type { DraftForm, EntryKind } from './entry-kind.js'
import { type Choice, choiceField, textField } from './form-field.js'

const path = '/api/v1/knowledge/terms'
/** Characters, as the service has it. */
const maxTermLength = 100
const maxValueLength = 500
const maxSynonymsLength = 1_100

const meanings = ['expression', 'column', 'value'] as const
type Meaning = (typeof meanings)[number]

export const termKind: EntryKind = {
  name: 'terms',
  path,
  read: async (context) => {
    type Read = { readonly terms: readonly Term[] }
    const { terms } = await context.service.getJson<Read>(withDataset(path, context))
    return terms.map((term) => {
      const { id, changedBy, changedAt } = term
      return { id, title: term.term, draft: draftOf(term), by: changedBy, at: changedAt }
    })
  },
  view: (draft, words) => html`<p><code>${meaningOf(draft)}</code></p>
    ${draft.synonyms ? html`<p class="muted">${words.also(draft.synonyms)}</p>` : nothing}`,
  empty: { term: '', synonyms: '', meaning: 'expression', table: '' },
  fields: (form) => {
    const { fields, meanings: named } = form.words
    const { tables } = form.catalog
    return html`${textField(form, { name: 'term', label: fields.term, most: maxTermLength })}
      ${textField(form, { name: 'synonyms', label: fields.synonyms, hint: fields.synonymsHint, most: maxSynonymsLength, isOptional: true })}
      ${choiceField(
        form,
        { name: 'table', label: fields.table },
        withNone(tables.map(({ name }) => name)),
      )}
      ${choiceField(
        form,
        { name: 'meaning', label: fields.meaning },
        meanings.map((value) => ({ value, label: named[value] })),
      )}
      ${meaningFields(form)}`
  },
  bodyOf: (draft) => {
    const { term, table, column, value, expression } = draft
    const synonyms = (draft.synonyms ?? '').split(',').map((each) => each.trim())
    const meant = {
      column: { column },
      value: { column, value },
      expression: { expression },
    }[meaningIn(draft)]
    return { term, synonyms: synonyms.filter(Boolean), table, ...meant }
  },
  fieldNames: {
    term: 'term',
    synonyms: 'synonyms',
    table: 'table',
    column: 'column',
    value: 'value',
    expression: 'expression',
  },
  blamed: meaningIn,
}

function draftOf({ term, synonyms, table, column, value, expression }: Term): Draft {
  const meaning = value !== undefined ? 'value' : column !== undefined ? 'column' : 'expression'
  return {
    term,
    synonyms: synonyms.join(', '),
    table,
    meaning,
    ...(column !== undefined && { column }),
    ...(value !== undefined && { value }),
    ...(expression !== undefined && { expression }),
  }
}

function meaningIn({ meaning }: Draft): Meaning {
  return meanings.find((each) => each === meaning) ?? 'expression'
}

function meaningOf(draft: Draft): string {
  const { table, column, value, expression } = draft
  const texts: Readonly<Record<Meaning, string>> = {
    column: `${table}.${column}`,
    value: `${table}.${column} = '${value}'`,
    expression: `${expression} · ${table}`,
  }
  return texts[meaningIn(draft)]
}

function meaningFields(form: DraftForm) {
  const { fields } = form.words
  const meaning = meaningIn(form.draft)
  if (meaning === 'expression') {
    const { expression: label, expressionHint: hint } = fields
    return textField(form, { name: 'expression', label, hint, most: maxValueLength })
  }
  const columns = columnsOf(form).filter(({ kind }) => meaning === 'column' || kind === 'text')
  const chosen = columns.find(({ name }) => name === form.draft.column)
  const names = columns.map(({ name }) => name)
  return html`${choiceField(form, { name: 'column', label: fields.column }, withNone(names))}
    ${
      meaning === 'value'
        ? textField(
            form,
            { name: 'value', label: fields.value, most: maxValueLength },
            chosen?.values ?? chosen?.samples,
          )
        : nothing
    }`
}

function columnsOf({ catalog, draft }: DraftForm): readonly Column[] {
  return catalog.tables.find(({ name }) => name === draft.table)?.columns ?? []
}

/** Nothing is chosen for the reader. */
function withNone(names: readonly string[]): readonly Choice[] {
  return ['', ...names].map((name) => ({ value: name, label: name }))
}
