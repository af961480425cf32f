/** What a browser fetches before the page works: small enough for a phone, and complete with its licences. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../models/package-root.js'

/** Of JavaScript, gzipped; the chart library comes with the first chart. */
const maxBytes = 60_000

const page = join(packageRoot, 'dist/dashboard')

/** A script and what it cannot start without; what it fetches later is not asked for. */
function initialScripts(name: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(name)) return found
  const script = readFileSync(join(page, name), 'utf8')
  found.set(name, script)
  for (const [, imported = ''] of script.matchAll(
    /(?:\bfrom|\bimport) ?["'`](\.[^"'`]+\.js)["'`]/g,
  )) {
    initialScripts(posix.join(posix.dirname(name), imported), found)
  }
  return found
}

it.each(['parley-chat.js', 'page.js'])(
  `keeps %s within ${maxBytes} bytes, with the notices of what is in it`,
  (name) => {
    const scripts = [...initialScripts(name).values()]
    const sizes = scripts.map((script) => gzipSync(script).byteLength)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxBytes)
    expect(scripts.join('\n')).toContain('SPDX-License-Identifier: BSD-3-Clause')
  },
)

it('puts the component into one file', () => {
  expect([...initialScripts('parley-chat.js').keys()]).toEqual(['parley-chat.js'])
  expect(initialScripts('parley-chat.js').get('parley-chat.js')).toContain('parley-composer')
})
