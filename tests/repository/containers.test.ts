/** The container file against the checkout: what its build copies is there, and nothing is published to other machines. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../models/package-root.js'
import { settings } from '../../src/settings.js'

const compose = readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8')
const ignored = readFileSync(join(packageRoot, '.dockerignore'), 'utf8')

function matches(pattern: RegExp): readonly string[] {
  return [...compose.matchAll(pattern)].map(([, text = '']) => text)
}

it('copies files that exist and that the build is given', () => {
  const copied = matches(/^ +COPY (?!--from)(.+) \S+$/gm).flatMap((paths) => paths.split(' '))
  expect(copied.length).toBeGreaterThan(5)
  const missing = (path: string) =>
    !existsSync(join(packageRoot, path)) || !ignored.includes(`\n!${path}\n`)
  expect(copied.filter(missing)).toEqual([])
})

it('publishes ports on the loopback address alone', () => {
  const ports = matches(/ports:\n((?: +- .+\n)+)/g).flatMap((list) => list.trim().split(/\n\s*/))
  expect(ports.length).toBeGreaterThan(0)
  expect(ports.filter((port) => !port.startsWith('- 127.0.0.1:'))).toEqual([])
})

it('sets only settings that exist', () => {
  const names = matches(/\b((?:PARLEY|CHROMA)_[A-Z_]+)(?=[=:])/g)
  expect(names.length).toBeGreaterThan(2)
  expect(names.filter((name) => !(name in settings))).toEqual([])
})

it('runs every service without root and on a read-only file system', () => {
  const services = matches(/^ {2}([\w-]+):\n {4}build:/gm).length
  const images = matches(/^ {4}(build:)(?! \*)/gm).length
  expect([services, images]).toEqual([8, 5])
  expect(matches(/^ +(USER 1000:1000)$/gm)).toHaveLength(images)
  expect(matches(/^ +(read_only: true)$/gm)).toHaveLength(services)
  expect(matches(/^ +(- no-new-privileges:true)$/gm)).toHaveLength(services)
})
