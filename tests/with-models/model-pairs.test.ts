/** The local model writes JSON that can be read, with names that are there: its grammar has no others. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSettings } from '../../data/generator/settings/read-settings.js'
import { generatePairs } from '../../src/generate-pairs.js'
import { baseModelPath, missingBaseModel } from '../support/cached-weights.js'
import { shopTables } from '../support/pair-model.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

describe.skipIf(missingBaseModel)('the local model', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-local-pairs-'))
    writeSqliteFile(join(folder, 'shop.sqlite'), shopTables)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('writes what can be read, within its budget', async () => {
    const read = parseSettings(
      `output_dir: ${join(folder, 'out')}
writer: model
keep_empty_share: 1
model: {max_tokens: 120}
budget: {tokens: 1500}
phases: [{name: single_table, count: 1, api_answer_count: 1, parallelism: 1}]
`,
      'test',
    )
    if (!read.ok) throw new Error(read.problems.join(' '))
    const generated = await generatePairs({
      settings: read.settings,
      source: join(folder, 'shop.sqlite'),
      home: join(folder, 'home'),
      access: { modelPath: baseModelPath, offline: true },
    })
    expect(generated).toMatchObject({ ok: true })
    const [used] = generated.usage ?? []
    expect(used?.calls).toBeGreaterThan(0)
    expect((used?.input ?? 0) + (used?.output ?? 0)).toBeLessThanOrEqual(1_500)
    const { written = 0, rejected = {} } = generated.phases[0] ?? {}
    const reasons = Object.keys(rejected)
    expect(written + reasons.length).toBeGreaterThan(0)
    // A small base model may write any SQL; but it is held to the form of an answer.
    const unreadable = /is no JSON|no pairs|no question|is empty/
    expect(reasons.filter((reason) => unreadable.test(reason))).toEqual([])
    const answers = await readFile(join(folder, 'out/answers-single_table.jsonl'), 'utf8')
    expect(answers.trim().split('\n')).toHaveLength(used?.calls ?? 0)
  }, 240_000)
})
