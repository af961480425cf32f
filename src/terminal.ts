/** What commands print: results to standard output, everything said on the way to standard error. */
import type { Writable } from 'node:stream'
import cliProgress from 'cli-progress'
import type { OnProgress } from '../data/progress.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { escapeCharacters, terminalControls } from './escape-characters.js'

export interface Terminal {
  /** The result of the command. */
  print(text: string): void
  /** A remark on the way. */
  say(text: string): void
  readonly onProgress: OnProgress
  readonly onWeights: (progress: WeightProgress) => void
  /** Takes the progress bar away. */
  settle(): void
}

export function createTerminal(out: Writable, err: Writable & { isTTY?: boolean }): Terminal {
  let bar: cliProgress.SingleBar | undefined
  let current = ''
  const settle = () => {
    bar?.stop()
    bar = undefined
    current = ''
  }
  const advance: OnProgress = (step, done, total, note = '') => {
    if (step !== current) {
      settle()
      current = step
      if (err.isTTY) bar = startBar(step, total, err)
      else err.write(`${step} …\n`)
    }
    bar?.update(done, { note })
    if (done >= total) settle()
  }
  return {
    print: (text) => void out.write(`${escapeCharacters(text, terminalControls)}\n`),
    say: (text) => {
      settle()
      err.write(`${escapeCharacters(text, terminalControls)}\n`)
    },
    onProgress: advance,
    onWeights: (progress) => {
      if (progress.kind === 'bytes')
        return advance('Fetching weights (MB)', megabytes(progress.done), megabytes(progress.total))
      settle()
      err.write(`${progress.line}\n`)
    },
    settle,
  }
}

function startBar(step: string, total: number, stream: Writable): cliProgress.SingleBar {
  const format = `${step} {bar} {percentage}% {value}/{total} {eta_formatted} {note}`
  const bar = new cliProgress.SingleBar(
    { format, stream: stream as NodeJS.WritableStream, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  )
  bar.start(total, 0, { note: '' })
  return bar
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
