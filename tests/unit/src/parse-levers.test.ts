import { expect, it } from 'vitest'
import { parseLevers } from '../../../src/commands/parse-levers.js'

it('levers are read by name, the others left as they are', () => {
  expect(parseLevers('grammar=off, samples=0,repair=off')).toEqual({
    grammar: 'off',
    samples: 0,
    repair: false,
  })
  expect(parseLevers('schemaFilter=on,nameHints=off,valueHints=on')).toEqual({
    schemaFilter: true,
    nameHints: false,
    valueHints: true,
  })
})

it.each([
  '',
  'grammar',
  'grammar=maybe',
  'samples=-1',
  'samples=many',
  'speed=on',
  'repair=on=off',
])('no levers are read from "%s"', (text) => {
  expect(parseLevers(text)).toBe('wrong')
})
