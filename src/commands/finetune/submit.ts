/** `parley finetune openai submit`: sends the rows and begins a job; what was sent already is not sent again. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes } from '../../exit-codes.js'
import { checkRows, priceNote } from '../../finetune/check-rows.js'
import { isOver } from '../../finetune/job-store.js'
import type { CommandContext } from '../command-context.js'
import { rowFiles, rowsFolder, usualEpochs } from './row-files.js'
import { jobText, type Tuning, withServer } from './with-server.js'

export interface SubmitOptions {
  readonly folder?: string
  readonly model: string
  readonly suffix?: string
  readonly epochs?: string
  readonly again?: boolean
  readonly json?: boolean
}

export const submit = withServer(async (options: SubmitOptions, tuning, context) => {
  const { terminal, config } = context
  const epochs = options.epochs === undefined ? undefined : Number(options.epochs)
  if (epochs !== undefined && !(Number.isInteger(epochs) && epochs >= 1 && epochs <= 50)) {
    terminal.say('--epochs is a number from 1 to 50.')
    return exitCodes.usage
  }
  const running = tuning.store.jobs().find((job) => !isOver(job))
  if (running && !options.again) {
    terminal.say(`${running.id} is not over yet; --again begins another beside it.`)
    return exitCodes.failed
  }
  const folder = options.folder ?? rowsFolder(config.home)
  const files = await readRows(folder)
  const problems = files.flatMap(({ checked }) => checked.problems)
  const [training, validation] = files
  if (!training || problems.length > 0) {
    const missing = `There are no rows in ${folder}; \`parley finetune openai prepare\` writes them.`
    terminal.say(training ? problems.join('\n') : missing)
    return exitCodes.failed
  }
  terminal.say(priceNote(training.checked.tokens, epochs ?? usualEpochs))
  const trainingFile = await send(training, tuning, context)
  const validationFile = validation && (await send(validation, tuning, context))
  const { model, suffix } = options
  const wanted = { model, trainingFile, validationFile, suffix, epochs }
  const job = await tuning.client.begin(wanted, context.signal)
  const startedAt = new Date().toISOString()
  const kept = { ...job, startedAt, rows: training.checked.rows }
  tuning.store.add(kept)
  terminal.print(options.json ? JSON.stringify(kept) : jobText(kept))
  if (!options.json)
    terminal.say('`parley finetune openai watch` shows how it goes; it goes on without.')
  return exitCodes.answered
})

interface RowFile {
  readonly name: string
  readonly text: string
  readonly checked: ReturnType<typeof checkRows>
}

async function readRows(folder: string): Promise<readonly RowFile[]> {
  const read = rowFiles.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    return text === '' ? [] : [{ name, text, checked: checkRows(name, text) }]
  })
  const [training = [], validation = []] = await Promise.all(read)
  // Few rows to measure with are none.
  const measured = validation.filter(({ checked }) => checked.problems.length === 0)
  return training.length === 0 ? [] : [...training, ...measured]
}

async function send(
  { name, text }: RowFile,
  { client, store }: Tuning,
  { terminal, signal, config }: CommandContext,
): Promise<string> {
  const server = config.openai?.baseUrl ?? ''
  const hash = createHash('sha256').update(`${server}\n${text}`).digest('hex')
  const known = store.uploaded(hash)
  if (known !== undefined) return known
  terminal.say(`Sending ${name}, ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB …`)
  const id = await client.upload(name, text, signal)
  store.keepUpload(hash, id)
  return id
}
