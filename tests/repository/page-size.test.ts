/** What a browser fetches before the page works: small enough for a phone, and complete with its licences. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../models/package-root.js'

/** Of JavaScript, gzipped; the chart library comes with the first chart. */
const maxBytes = 60_000

it.each(['parley-chat.js', 'page.js'])(
  `keeps %s within ${maxBytes} bytes, with the notices of what is in it`,
  (name) => {
    const script = readFileSync(join(packageRoot, 'dist/dashboard', name), 'utf8')
    expect(gzipSync(script).byteLength).toBeLessThan(maxBytes)
    expect(script).toContain('SPDX-License-Identifier: BSD-3-Clause')
  },
)

it('puts the component into one file', () => {
  const script = readFileSync(join(packageRoot, 'dist/dashboard/parley-chat.js'), 'utf8')
  expect(script).toContain('parley-composer')
  expect(script).not.toMatch(/\b(import|from)\s*\(?\s*["'`]/)
})
