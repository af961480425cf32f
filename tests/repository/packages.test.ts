/** The packages this project is made of: exact, checked by hash, from the registry, under licences that allow it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../models/package-root.js'

interface LockedPackage {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly hasInstallScript?: boolean
}

/** May be used, changed and passed on with this project; the MPL asks for the source of its own files only. */
const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
])
/** Tools of development alone, which nobody is given. */
const allowedForDevelopment = new Set([...allowedLicences, 'MPL-2.0'])

/** npm runs these on the user's machine at installation; node-llama-cpp looks for its binary, protobufjs for other versions of itself. */
const installScripts = ['node_modules/node-llama-cpp', 'node_modules/protobufjs']

const declared = read('package.json')
const lock = read('package-lock.json')
const packages = Object.entries(lock.packages as Record<string, LockedPackage>).filter(
  ([path]) => path !== '',
)

function read(name: string) {
  return JSON.parse(readFileSync(join(packageRoot, name), 'utf8'))
}

/** `A OR B` leaves the choice; everything else must be allowed by name. */
function isAllowed(licence: string | undefined, allowed: ReadonlySet<string>): boolean {
  const choices = licence?.replace(/^\(|\)$/g, '').split(' OR ') ?? []
  return choices.some((choice) => allowed.has(choice))
}

describe('packages', () => {
  it('are enough of them for these rules to mean something', () => {
    expect(lock.lockfileVersion).toBe(3)
    expect(packages.length).toBeGreaterThan(200)
  })

  it('have exact versions, the same in both files', () => {
    const direct: Record<string, string> = { ...declared.dependencies, ...declared.devDependencies }
    const loose = Object.entries(direct).filter(
      ([name, version]) =>
        !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ||
        lock.packages[`node_modules/${name}`]?.version !== version,
    )
    expect(loose).toEqual([])
    const { '': root } = lock.packages
    expect(root.dependencies).toEqual(declared.dependencies)
    expect(root.devDependencies).toEqual(declared.devDependencies)
  })

  it('are checked by SHA-512, but for those of other platforms that no test machine fetched', () => {
    const unchecked = packages.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))
    const forHere = unchecked.filter(([, { optional, os }]) => !optional || !os)
    expect(forHere.map(([path]) => path)).toEqual([])
  })

  it('come from the registry that the user has set, and from nowhere else', () => {
    const elsewhere = packages.filter(([, { resolved, link }]) => resolved !== undefined || link)
    expect(elsewhere.map(([path]) => path)).toEqual([])
  })

  it('are under licences that allow their use, and those that users get under permissive ones', () => {
    const refused = packages.filter(([, { license, dev }]) => {
      return !isAllowed(license, dev ? allowedForDevelopment : allowedLicences)
    })
    expect(refused.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })

  it('run nothing at their installation but what is known here', () => {
    const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript)
    expect(running.map(([path]) => path)).toEqual(installScripts)
  })

  it.each(['GPL-3.0', 'UNLICENSED', undefined, 'GPL-3.0 AND MIT'])(
    'under %s would be refused',
    (licence) => {
      expect(isAllowed(licence, allowedForDevelopment)).toBe(false)
    },
  )
})
