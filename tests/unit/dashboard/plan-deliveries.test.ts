/** Which files of a drop go together, and which stay behind. */
import { expect, it } from 'vitest'
import { databaseEndings, tableEndings } from '../../../src/added/name-dataset.js'
import { planDeliveries } from '../../../src/dashboard/set-up/data/plan-deliveries.js'

const accepts = { maxBytes: 1_000, tableEndings, databaseEndings, schemes: [] }

function plan(...names: readonly string[]) {
  const picked = names.map((name) => {
    const parts = name.split('/')
    const [folder = ''] = parts.length > 1 ? parts : []
    return { file: new File(['x'], parts.at(-1) ?? ''), folder }
  })
  const { deliveries, leftOut } = planDeliveries(picked, accepts)
  const told = deliveries.map(({ title, files }) => [title, ...files.map((file) => file.name)])
  return { deliveries: told, leftOut }
}

it('makes one dataset of all tables, whatever they are written in', () => {
  expect(plan('a.csv', 'B.TSV', 'c.parquet', 'd.json.gz', 'e.xlsx').deliveries).toEqual([
    ['', 'a.csv', 'B.TSV', 'c.parquet', 'd.json.gz', 'e.xlsx'],
  ])
})

it('makes a dataset of each database', () => {
  expect(plan('a.csv', 'b.duckdb', 'c.sqlite').deliveries).toEqual([
    ['', 'a.csv'],
    ['', 'b.duckdb'],
    ['', 'c.sqlite'],
  ])
})

it('calls tables after the one folder that all of them are from', () => {
  expect(plan('harbour/a.csv', 'harbour/b.csv').deliveries).toEqual([['harbour', 'a.csv', 'b.csv']])
  expect(plan('harbour/a.csv', 'b.csv').deliveries).toEqual([['', 'a.csv', 'b.csv']])
})

it('names what it leaves out, but for what systems hide in folders', () => {
  expect(plan('harbour/a.csv', 'harbour/notes.pdf', 'harbour/.DS_Store')).toEqual({
    deliveries: [['harbour', 'a.csv']],
    leftOut: ['notes.pdf'],
  })
  expect(plan('run.sh')).toEqual({ deliveries: [], leftOut: ['run.sh'] })
})
