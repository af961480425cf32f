/** `parley data verify`: whether a copy of Spider is whole, and what to do when it is not. */
import { existsSync } from 'node:fs'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import {
  type SpiderVerification,
  verifySpider,
} from '../../../data/training/spider/verify-spider.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'

export interface VerifyOptions {
  readonly spider: string
  readonly json?: boolean
}

const advice =
  'Fetch the original again, or the databases that are missing: parley data download spider.'

export async function verify({ spider, json }: VerifyOptions, context: CommandContext) {
  const { terminal, signal } = context
  if (!existsSync(spider)) {
    terminal.say(`There is no folder ${spider}. ${advice}`)
    return exitCodes.failed
  }
  const sqlite = new SqliteRunner()
  try {
    const { onProgress } = terminal
    const found = await verifySpider(spider, sqlite, { signal, onProgress })
    terminal.settle()
    terminal.print(json ? JSON.stringify(found) : textOf(found))
    if (found.problems.length === 0) return exitCodes.answered
    if (!json) terminal.say([...found.problems, advice].join('\n'))
    return exitCodes.failed
  } finally {
    await sqlite.close()
  }
}

function textOf(found: SpiderVerification): string {
  const files = found.files.map(({ name, rows, sha256 }) => {
    const count = rows === undefined ? 'unreadable' : String(rows)
    return `${name.padEnd(18)} ${count.padStart(10)}  ${sha256 ?? 'missing'}`
  })
  const there = found.databases - found.missing.length - found.damaged.length
  return [
    ...files,
    `${'databases'.padEnd(18)} ${`${there} of ${found.databases}`.padStart(10)}  ${found.databasesSha256}`,
    `${found.askable} of ${found.questions} questions can be asked, ${found.schemas} schemas are described.`,
  ].join('\n')
}
