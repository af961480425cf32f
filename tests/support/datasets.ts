/** Public data sets for tests; unpacked beside the repository or where PARLEY_TEST_DATASETS says, and often absent. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder =
  process.env.PARLEY_TEST_DATASETS ?? new URL('../../../shared/datasets', import.meta.url).pathname

/** Spider as its authors lay it out, or undefined. */
export const spiderFolder = existsSync(join(folder, 'spider', 'train_spider.json'))
  ? join(folder, 'spider')
  : undefined

/** A folder with the development questions of WikiSQL, or undefined. */
export const wikiSqlFolder = existsSync(join(folder, 'wikisql', 'dev.jsonl'))
  ? join(folder, 'wikisql')
  : undefined

if (wikiSqlFolder === undefined) {
  process.stderr.write(
    'Tests on WikiSQL are skipped: PARLEY_TEST_DATASETS names no folder with it.\n',
  )
}
if (spiderFolder === undefined) {
  process.stderr.write(
    'Tests on Spider are skipped: PARLEY_TEST_DATASETS names no folder with it.\n',
  )
}
