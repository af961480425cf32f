/** `parley finetune openai prepare`: rows to tune a chat model on, from what `parley generate` wrote; nothing is sent. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newestDate } from '../../../agents/entities/schema/newest-date.js'
import { type ChatRow, chatRow, holdsValues } from '../../../agents/training/chat-row.js'
import { periodReader } from '../../../agents/training/period-reader.js'
import type { Catalog } from '../../../data/catalog.js'
import type { Database } from '../../../data/database.js'
import type { Pair } from '../../../data/generator/pair.js'
import { readPairLines } from '../../../data/generator/read-pair-lines.js'
import { openSource } from '../../../data/sources/open-source.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { exitCodes } from '../../exit-codes.js'
import { checkRows, priceNote } from '../../finetune/check-rows.js'
import { openDatabase } from '../../open-database.js'
import { prepareHome } from '../../prepare-home.js'
import type { CommandContext } from '../command-context.js'
import { rowFiles, rowsFolder, usualEpochs } from './row-files.js'

export interface PrepareOptions {
  readonly pairs: string
  readonly source?: string
  readonly out?: string
  readonly price?: string
  readonly json?: boolean
}

export async function prepare(options: PrepareOptions, context: CommandContext): Promise<number> {
  const { config, terminal } = context
  const unwritable = await prepareHome(config.home)
  const opened = unwritable
    ? { ok: false as const, failure: unwritable }
    : await openSource(options.source ?? config.source, config.home, terminal.onProgress, config)
  if (!opened.ok) return fail(context, [opened.failure.message, ...opened.failure.hints])
  const database = await openDatabase(opened.source)
  try {
    return await writeRows(database, options, context)
  } finally {
    await database.close()
  }
}

async function writeRows(database: Database, options: PrepareOptions, context: CommandContext) {
  const { config, terminal, signal } = context
  const catalog = await database.introspect(signal)
  const folder = options.out ?? rowsFolder(config.home)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const report: Record<string, { rows: number; bytes: number; tokens: number; leftOut: number }> =
    {}
  const problems: string[] = []
  const notes: string[] = []
  for (const name of rowFiles) {
    const text = await readFile(join(options.pairs, name), 'utf8').catch(() => undefined)
    if (text === undefined && name === rowFiles[1]) continue
    if (text === undefined) {
      return fail(context, [
        `There is no ${join(options.pairs, name)}; \`npx parley generate\` writes it.`,
      ])
    }
    const read = readPairLines({ path: name, text })
    if (!read.ok) return fail(context, [read.problem])
    const made = await rowsOf(read.pairs, { database, catalog }, context)
    const lines = made.rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    const { problems: found, ...counts } = checkRows(name, lines)
    if (name === rowFiles[0]) problems.push(...found)
    else notes.push(...found.map((problem) => `${problem} It will not be sent.`))
    report[name] = { ...counts, leftOut: made.leftOut }
    await writeFile(join(folder, name), lines, { mode: 0o600 })
  }
  terminal.settle()
  const tokens = report[rowFiles[0]]?.tokens ?? 0
  const price = options.price === undefined ? undefined : Number(options.price)
  const note = priceNote(tokens, usualEpochs, price)
  const told = config.remoteData
  terminal.print(
    options.json
      ? JSON.stringify({ folder, told, files: report, note, notes, problems })
      : [
          ...Object.entries(report).map(lineOf),
          `Written to ${folder}.`,
          note,
          ...notes,
          ...problems,
        ].join('\n'),
  )
  if (told === 'schema-only') {
    terminal.say(
      'Pairs with a value in their SQL stay here; PARLEY_REMOTE_DATA=values takes them too.',
    )
  }
  return problems.length > 0 ? exitCodes.failed : exitCodes.answered
}

function lineOf([name, { rows, tokens, leftOut }]: [
  string,
  { rows: number; tokens: number; leftOut: number },
]): string {
  return `${name}: ${rows} rows, about ${tokens.toLocaleString('en')} tokens; ${leftOut} pairs left out.`
}

interface About {
  readonly database: Database
  readonly catalog: Catalog
}

/** Without SQL, with SQL that does not bind any more, or with values that may not be told: left out. */
async function rowsOf(
  pairs: readonly Pair[],
  { database, catalog }: About,
  { config, terminal, signal }: CommandContext,
) {
  const tellsValues = config.remoteData === 'values'
  const index = createValueIndex(catalog)
  const links = (question: string) => index.link(question)
  const periodsOf = periodReader(catalog, links)
  const asOf = newestDate(catalog)
  const valuesFor = (question: string) =>
    tellsValues
      ? { links: links(question), periods: periodsOf(question), examples: [], asOf }
      : undefined
  const rows: ChatRow[] = []
  for (const [at, { question, sql, tables }] of pairs.entries()) {
    signal.throwIfAborted()
    terminal.onProgress('Checking pairs', at + 1, pairs.length)
    if (sql === undefined || (!tellsValues && holdsValues(sql))) continue
    if (await database.explain(sql, signal)) continue
    rows.push(chatRow({ catalog, question, sql, tables, values: valuesFor(question) }, estimate))
  }
  return { rows, leftOut: pairs.length - rows.length }
}

/** As models on servers count: three bytes of UTF-8, rather too many. */
function estimate(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3)
}

function fail({ terminal }: CommandContext, lines: readonly string[]): number {
  terminal.settle()
  terminal.say(lines.join('\n'))
  return exitCodes.failed
}
