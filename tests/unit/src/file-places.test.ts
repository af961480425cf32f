import { expect, it } from 'vitest'
import { filePlaces } from '../../../src/http/result-routes/file-places.js'

it('gives each key half of the places, and everybody together all of them', () => {
  const take = filePlaces(4)
  const first = take('ada')
  take('ada')
  expect(() => take('ada')).toThrow(expect.objectContaining({ code: 'rate_limited' }))
  take('bob')
  take(undefined)
  expect(() => take('bob')).toThrow(expect.objectContaining({ code: 'busy', retryAfterSeconds: 5 }))
  first()
  first()
  take('bob')
  expect(() => take(undefined)).toThrow(expect.objectContaining({ code: 'busy' }))
})
