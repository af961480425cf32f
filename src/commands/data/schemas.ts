/** `parley data schemas`: Spider's schemas as one JSON file a database, with an index. */
import { join } from 'node:path'
import { indexSchema, parseSchema } from '../../../data/training/spider/parse-schemas.js'
import { readSchemaFile } from '../../../data/training/spider/spider-files.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { writeWhole } from './write-whole.js'

export interface SchemasOptions {
  readonly spider: string
  readonly out?: string
  readonly json?: boolean
}

export async function schemas({ spider, out, json }: SchemasOptions, { terminal }: CommandContext) {
  if (out === undefined) {
    terminal.say('Use: parley data schemas SPIDER --out FOLDER')
    return exitCodes.usage
  }
  const read = await readSchemaFile(spider)
  if (!read.ok) {
    terminal.say(`${read.message} parley data download spider says how it is laid out.`)
    return exitCodes.failed
  }
  const parsed = read.rows.map(parseSchema)
  const index = parsed.map(indexSchema)
  for (const schema of parsed) {
    const written = await writeWhole(join(out, `${schema.database}.json`), indented(schema))
    if (!written.ok) {
      terminal.say(written.message)
      return exitCodes.failed
    }
  }
  await writeWhole(join(out, 'schema_index.json'), indented(index))
  const summary = { schemas: parsed.length, out }
  terminal.print(json ? JSON.stringify(summary) : `${parsed.length} schemas in ${out}`)
  return exitCodes.answered
}

function indented(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
