/** `parley data convert`: turns a published benchmark into a questions file for `parley evaluate`. */
import { convertLayout, isLayout, layouts } from '../../data/evaluation/convert/convert-layout.js'
import { exitCodes } from '../exit-codes.js'
import type { CommandContext } from './command-context.js'

export interface DataOptions {
  readonly layout: string
  readonly folder: string
  readonly out?: string
  readonly split: string
  readonly databases?: string
  readonly json?: boolean
}

const usage = `Use: parley data convert ${Object.keys(layouts).join('|')} FOLDER --out FILE [--split dev|train|test] [--databases DIR]`

export async function convertData(
  { layout, folder, out, split, databases, json }: DataOptions,
  { terminal }: CommandContext,
): Promise<number> {
  if (!isLayout(layout) || out === undefined) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const converted = await convertLayout(layout, { folder, split, databases, out })
  if (!converted.ok) {
    terminal.say(converted.message)
    return exitCodes.failed
  }
  for (const reason of converted.leftOut) terminal.say(reason)
  const { length } = converted.questions
  if (length === 0) {
    terminal.say('No question has its database; --databases says where they lie.')
    return exitCodes.failed
  }
  terminal.print(
    json ? JSON.stringify({ questions: length, file: out }) : `${length} questions in ${out}`,
  )
  return exitCodes.answered
}
