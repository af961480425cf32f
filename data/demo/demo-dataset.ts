/** What a demo is: invented data of one trade, with questions that it can answer. */
import { writeDatabaseFile } from '../duckdb/write-database-file.js'
import type { OnProgress } from '../progress.js'
import { createRandom, type Random } from '../random.js'
import { type DemoTable, tableStatements } from './demo-table.js'
import type { Cell } from './table-writer.js'
import { writeTables } from './write-tables.js'

export interface DemoDataset {
  /** In lower case; what `--demo` takes. */
  readonly name: string
  readonly title: string
  /** What the data is about, and of which years. */
  readonly subject: string
  /** Raise when the generator's output changes: the name of the built file carries it. */
  readonly version: number
  /** Questions with gold SQL that the demo is evaluated by; a path within the package. */
  readonly questions: string
  /** A few of those, or others, from simple to complex, for a reader to try. */
  readonly samples: string
  /** Writes a whole DuckDB file, the same each time, or leaves nothing there. */
  build(path: string, onProgress?: OnProgress): Promise<void>
}

/** Rows by table, read in the order of the tables: rows that follow from others may be made on the way. */
export type DemoRows = Readonly<Record<string, Iterable<readonly Cell[]>>>

export interface DemoPlan extends Pick<DemoDataset, 'name' | 'title' | 'subject' | 'version'> {
  readonly seed: number
  /** In an order that satisfies their foreign keys. */
  readonly tables: readonly DemoTable[]
  createRows(random: Random): DemoRows
}

/** The questions lie in the demo's own folder. */
export function demoDataset({ seed, tables, createRows, ...facts }: DemoPlan): DemoDataset {
  const questions = `data/demo/${facts.name}/questions.jsonl`
  return {
    ...facts,
    questions,
    samples: questions,
    build: (path, onProgress) =>
      writeDatabaseFile(path, async (connection) => {
        for (const statement of tables.flatMap(tableStatements)) await connection.run(statement)
        const step = `Building the demo ${facts.title}`
        const report: OnProgress = onProgress ?? (() => {})
        await writeTables(connection, tables, createRows(createRandom(seed)), (done) =>
          report(step, done, tables.length),
        )
      }),
  }
}
