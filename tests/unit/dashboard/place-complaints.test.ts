/** Where a form shows what the service complains of. */
import { expect, it } from 'vitest'
import { RequestError } from '../../../src/dashboard/service/request-error.js'
import { placeComplaints } from '../../../src/dashboard/set-up/knowledge/place-complaints.js'

const kind = { fieldNames: { title: 'title', synonyms: 'synonyms' }, blamed: () => 'text' }

function placed(code: string, hints: readonly string[] = []) {
  return placeComplaints(new RequestError(code, 'Refused.', hints), {}, kind)
}

it('puts each complaint at the field that it names, a list or not', () => {
  expect(placed('invalid_request', ['title: Too long: 201', 'synonyms.3: Empty'])).toEqual({
    fields: { title: 'Too long: 201', synonyms: 'Empty' },
    isGeneral: false,
  })
})

it('puts what names no field at the one that is meant, with what is near', () => {
  const { fields } = placed('invalid_request', ['amount', 'unknown: field'])
  expect(fields).toEqual({ text: 'Refused. amount, unknown: field' })
  expect(placed('not_found').fields).toEqual({ text: 'Refused.' })
})

it.each(['forbidden', 'unreachable', 'not_kept'])('puts %s at no field', (code) => {
  expect(placed(code)).toEqual({ fields: {}, isGeneral: true })
})
