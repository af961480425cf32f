/** Documents about the data. */
import { html } from 'lit'
import type { HandbookDocument } from '../../../../data/store/handbook-store.js'
import { withDataset } from '../../context.js'
import type { EntryKind } from './entry-kind.js'
import { areaField, textField } from './form-field.js'

const path = '/api/v1/knowledge/docs'
/** Characters, as the service has it. */
const maxTitleLength = 200
const maxTextLength = 8_000

export const documentKind: EntryKind = {
  name: 'documents',
  path,
  read: async (context) => {
    type Read = { readonly docs: readonly HandbookDocument[] }
    const { docs } = await context.service.getJson<Read>(withDataset(path, context))
    return docs.map(({ id, title, text, changedBy, changedAt }) => {
      return { id, title, draft: { title, text }, by: changedBy, at: changedAt }
    })
  },
  view: ({ text }) => html`<p class="entry-text">${text}</p>`,
  empty: { title: '', text: '' },
  fields: (form) => {
    const { title, text, textHint } = form.words.fields
    return html`${textField(form, { name: 'title', label: title, most: maxTitleLength })}
      ${areaField(form, { name: 'text', label: text, hint: textHint, most: maxTextLength })}`
  },
  bodyOf: ({ title, text }) => ({ title, text }),
  fieldNames: { title: 'title', text: 'text' },
  blamed: () => 'text',
}
