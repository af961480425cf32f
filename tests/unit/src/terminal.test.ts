/** What cells may do to the terminal they are printed on: nothing. */
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createTerminal } from '../../../src/terminal.js'

function printed(write: (terminal: ReturnType<typeof createTerminal>) => void): string {
  const parts: string[] = []
  const stream = new Writable({
    write: (part, _, done) => {
      parts.push(String(part))
      done()
    },
  })
  write(createTerminal(stream, stream))
  return parts.join('')
}

const hostile = '\u001b[2J\u001b]0;title\u0007\u009b31m\rover\u0008\u202eright to left\u2066'

it('shows what would move the cursor, rename the window or turn text around', () => {
  const text = printed((terminal) => {
    terminal.print(`a\tb\n${hostile}`)
    terminal.say(hostile)
  })
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  expect(text).toContain('a\tb\n\\u001b[2J')
})

it('prints JSON that is still the same', () => {
  const answer = { cell: `${hostile}\u2028 \u{1f469}\u200d\u{1f4bb} ü` }
  const text = printed((terminal) => terminal.print(JSON.stringify(answer, null, 2)))
  expect(JSON.parse(text)).toEqual(answer)
})
