/** Configurations of the generator: what is wrong is named by line and field. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatorSettings } from '../../../../data/generator/settings/generator-settings.js'
import { budget, critic, writerModel } from '../../../../data/generator/settings/model-settings.js'
import { parseSettings, readSettings } from '../../../../data/generator/settings/read-settings.js'
import { packageRoot } from '../../../../models/package-root.js'

function problemsOf(text: string): readonly string[] {
  const read = parseSettings(text, 'mine.yaml')
  return read.ok ? [] : read.problems
}

describe('a configuration', () => {
  it('needs only phases with a name and a count', () => {
    const read = parseSettings('phases:\n  - name: joins\n    count: 5\n', 'mine.yaml')
    expect(read.ok && read.settings).toMatchObject({
      output_dir: 'generated',
      run_queries: true,
      phases: [{ name: 'joins', count: 5, parallelism: 2, use_sample_rows: true }],
    })
  })

  it.each([
    ['phases:\n  - name: joints\n    count: 5\n', 'line 2, phases.0.name: '],
    ['phases:\n  - name: joins\n    count: many\n', 'line 3, phases.0.count: '],
    ['phases:\n  - name: joins\n    count: 0\n', 'line 3, phases.0.count: '],
    ['seed: 1\nphases:\n  - name: joins\n', 'line 3, phases.0.count: '],
    [
      'phases:\n  - name: joins\n    count: 5\n    size: 7\n',
      'line 4, phases.0.size: There is no such field.',
    ],
    [
      'phases:\n  - name: joins\n    count: 5\n  - name: joins\n    count: 6\n',
      'line 4, phases.1.name: joins stands here twice.',
    ],
    [
      'max_db_sessions: 2\nphases:\n  - name: joins\n    count: 5\n    parallelism: 3\n',
      'line 5, phases.0.parallelism: 3 workers need more than max_db_sessions: 2.',
    ],
    [
      'max_db_sessions: 3\nparallel_phases: 2\nphases:\n  - {name: joins, count: 5, parallelism: 1}\n  - {name: builtins, count: 5}\n',
      'line 5, phases.1.parallelism: 2 workers in each of 2 phases need more than max_db_sessions: 3.',
    ],
    ['model:\n  temperature: hot\nphases: []\n', 'line 2, model.temperature: '],
    ['model:\n  key: sk-1\nphases: []\n', 'line 2, model.key: There is no such field.'],
    ['critic:\n  repairs: -1\nphases: []\n', 'line 2, critic.repairs: '],
    ['budget:\n  tokens: -1\nphases: []\n', 'line 2, budget.tokens: '],
    ['budget:\n  prices: {a: {input: 1}}\nphases: []\n', 'line 2, budget.prices.a.output: '],
    [
      'phases:\n  - name: joins\n    count: 5\n    prompt_template: mine.liquid\n',
      'line 4, phases.0.prompt_template: It needs writer: model.',
    ],
    ['phases: []\n', 'line 1, phases: '],
    ['phases:\n  - name: [joins\n', 'line 3: '],
    ['', 'line 1, the whole file: '],
  ])('names what is wrong with %j', (text, problem) => {
    expect(problemsOf(text)).toContainEqual(expect.stringContaining(`mine.yaml, ${problem}`))
  })

  it('that is not there is a value', async () => {
    expect(await readSettings('no/such.yaml')).toEqual({
      ok: false,
      problems: ['no/such.yaml cannot be read.'],
    })
  })
})

describe('the example', () => {
  const path = join(packageRoot, 'data/generator/example.yaml')

  it('can be used as it is', async () => {
    expect(await readSettings(path)).toMatchObject({ ok: true })
  })

  it('explains every field that there is, with its default', () => {
    const text = readFileSync(path, 'utf8')
    const { phases, ...fields } = generatorSettings.shape
    const own = [phases.element, writerModel, critic, budget].map(({ shape }) => shape)
    for (const [name, field] of [fields, ...own].flatMap((shape) => Object.entries(shape))) {
      expect(text).toMatch(new RegExp(`\\b${name}: .*# `))
      const usual = field.safeParse(undefined)
      const isPlain = usual.success && !['undefined', 'object'].includes(typeof usual.data)
      if (isPlain) expect(text).toMatch(new RegExp(`\\b${name}: .*\\[${usual.data}\\]`))
    }
  })
})
