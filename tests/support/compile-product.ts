/** Compiles the product before the tests, for those that start it as a process of its own, many times. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { packageRoot } from '../../models/package-root.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the compiled product. */
    readonly product: string
  }
}

/** Types are checked elsewhere. */
const flags = ['--noCheck']

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const builds = join(packageRoot, 'dist')
  await mkdir(builds, { recursive: true })
  const folder = await mkdtemp(join(builds, 'under-test-'))
  const compiler = join(packageRoot, 'node_modules/.bin/tsc')
  await promisify(execFile)(compiler, ['-p', packageRoot, '--outDir', folder, ...flags])
  project.provide('product', folder)
  return () => rm(folder, { recursive: true })
}
