/** How the tests run: three processes at a time, the long files first, and what may share a process shares one. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Longest first. These load models, kill, limit or count processes, or start the product as one, and have a process each;
 * starting one and loading the product into it takes a second, which all others do once.
 */
const alone = [
  'tests/training/',
  'tests/pretraining/',
  'tests/attacks/',
  'tests/with-models/',
  'tests/browser/',
  'tests/integration/backup.test.ts',
  'tests/integration/duckdb-processes.test.ts',
  'tests/integration/cli-process/',
  'tests/integration/package.test.ts',
  'tests/integration/policed-start.test.ts',
  'tests/integration/data/generator-bad-input.test.ts',
  'tests/integration/data/hostile-files.test.ts',
  'tests/integration/data/spark-database.test.ts',
]
const order = [...alone, 'tests/integration/']

/** Nothing long is left for the end, when one process would run and the others wait. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rankOf(one.moduleId) - rankOf(other.moduleId))
  }
}

function rankOf(path: string): number {
  const rank = order.findIndex((start) => path.includes(`/${start}`))
  return rank === -1 ? order.length : rank
}

const bundlePage = 'tests/support/bundle-page.mjs'
const patterns = alone.map((start) => (start.endsWith('/') ? `${start}**/*.test.ts` : start))

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A machine may be slow; what never comes is found all the same.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: patterns,
          globalSetup: [bundlePage, 'tests/support/compile-product.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          globalSetup: [bundlePage],
          include: ['tests/**/*.test.ts'],
          exclude: patterns,
          isolate: false,
        },
      },
    ],
  },
})
