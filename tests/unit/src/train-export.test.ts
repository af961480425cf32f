/** What `parley train export` asks of the Python job, heard by a program that stands in for Python. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ExportOptions, trainExport } from '../../../src/commands/train/job.js'
import { readConfig } from '../../../src/config.js'

let folder: string
let python: string
let heard: string

/** Writes down its parameters, one a line. */
const script = (to: string) =>
  `#!${process.execPath}
require('node:fs').writeFileSync(${JSON.stringify(to)}, process.argv.slice(2).join('\\n'))
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-export-'))
  python = join(folder, 'python.cjs')
  heard = join(folder, 'heard')
  await writeFile(python, script(heard))
  await chmod(python, 0o755)
})

afterAll(() => rm(folder, { recursive: true }))

async function exportWith(options: ExportOptions) {
  const read = readConfig({ PARLEY_HOME: folder, PARLEY_PYTHON: python, PARLEY_OFFLINE: '1' })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const said: string[] = []
  const terminal = {
    print: () => {},
    say: (text: string) => void said.push(text),
    settle: () => {},
    onProgress: () => {},
    onWeights: () => {},
  }
  const { signal } = new AbortController()
  const code = await trainExport(options, { config: read.config, terminal, signal })
  const text = await readFile(heard, 'utf8').catch(() => '')
  const [path = '', ...parameters] = text.split('\n')
  return { code, said, script: basename(path), parameters }
}

const needed = { checkpoint: ['step-000010', 'step-000020'], base: 'base.gguf', out: 'mine.gguf' }

it('says how it is used, and starts nothing, without a checkpoint', async () => {
  const { code, said, parameters } = await exportWith({ out: 'mine.gguf' })
  expect([code, parameters]).toEqual([2, []])
  expect(said.join()).toContain('--checkpoint')
})

it('leaves to the job what is not given', async () => {
  const { code, script, parameters } = await exportWith(needed)
  expect([code, script]).toEqual([0, 'export_gguf.py'])
  expect(parameters.join(' ')).toBe(
    'adapter --checkpoint step-000010 step-000020 --base base.gguf --out mine.gguf',
  )
})

it('puts the adapter where Parley looks for those of its user, unless told otherwise', async () => {
  const { parameters } = await exportWith({
    ...needed,
    checkpoint: ['runs/shop/step-000010'],
    out: undefined,
  })
  const out = parameters[parameters.indexOf('--out') + 1]
  expect(out).toBe(join(folder, 'adapters', 'shop-step-000010.gguf'))
})

it('passes on the score, whom to credit, and what the adapter is loaded over', async () => {
  const { parameters } = await exportWith({
    ...needed,
    measure: 'spider-dev execution accuracy',
    score: '0.6',
    dataSets: ['spider', 'bird'],
    servedOver: 'served.gguf',
  })
  const given = parameters.slice(parameters.indexOf('--measure'))
  expect(given).toEqual([
    ...['--measure', 'spider-dev execution accuracy', '--score', '0.6'],
    ...['--data-sets', 'spider', 'bird', '--served-over', 'served.gguf'],
  ])
})
