/** Approved pairs: questions, and the SQL that answers them before anything else does. */
import { html, nothing } from 'lit'
import type { ApprovedPair } from '../../../../data/store/app-store.js'
import { codeView } from '../../answer/code-view.js'
import { withDataset } from '../../context.js'
import { readableSql, sqlTokens } from '../../text/sql-tokens.js'
import type { Draft } from './draft.js'
import type { DraftForm, EntryKind } from './entry-kind.js'
import { areaField, textField } from './form-field.js'

const path = '/api/v1/knowledge/sql_pairs'
/** Characters, as the service has it. */
const maxQuestionLength = 2_000
const maxSqlLength = 20_000

export const pairKind: EntryKind = {
  name: 'pairs',
  path,
  read: async (context) => {
    type Read = { readonly sqlPairs: readonly ApprovedPair[] }
    const { sqlPairs } = await context.service.getJson<Read>(withDataset(path, context))
    return sqlPairs.map(({ id, question, sql, shared, approvedBy, approvedAt }) => {
      const draft = { question, sql: readableSql(sqlTokens(sql)) }
      return { id, title: question, draft, by: approvedBy, at: approvedAt, isOwn: !shared }
    })
  },
  view: ({ question = '', sql = '' }, words) => codeView(sql, words.sqlOf(question)),
  empty: { question: '', sql: '', shared: '' },
  fields: (form) => {
    const { question, questionHint, sql, sqlHint } = form.words.fields
    return html`${textField(form, { name: 'question', label: question, hint: questionHint, most: maxQuestionLength })}
      ${areaField(form, { name: 'sql', label: sql, hint: sqlHint, most: maxSqlLength, isCode: true })}
      ${form.isNew ? sharing(form) : nothing}`
  },
  bodyOf: ({ question, sql, shared }, isNew) => {
    return { question, sql, ...(isNew && shared && { shared: true }) }
  },
  fieldNames: { question: 'question', sql: 'sql' },
  blamed: () => 'sql',
}

function sharing({ id, draft, words, set }: DraftForm) {
  const onChange = ({ currentTarget }: Event) =>
    set('shared', (currentTarget as HTMLInputElement).checked ? 'yes' : '')
  return html`<p class="entry-check">
    <input type="checkbox" id="${id}-shared" .checked=${isShared(draft)} @change=${onChange}>
    <label for="${id}-shared">${words.fields.shared}</label>
  </p>`
}

function isShared({ shared }: Draft): boolean {
  return shared === 'yes'
}
