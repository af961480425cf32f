/** Reads YAML that a stranger may have written: JSON at once, all else in a thread that is ended when it takes too long. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../models/package-root.js'

export type ParsedYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

export type ParseYaml = (text: string) => Promise<ParsedYaml>

/** The compiler copies no plain JavaScript, so both the sources and `dist` start the package's own file. */
const program = join(packageRoot, 'src/parse-yaml-worker.mjs')
/** Milliseconds; ten megabytes of knowledge take some five thousand. */
const usualParseMs = 30_000
const maxHeapMb = 512
const maxProblemLength = 300

const noYaml = { ok: false, problem: 'It is no YAML.' } as const
const tooLong = { ok: false, problem: 'Reading it takes too long.' } as const

/** One text at a time: who sends many waits for them. */
export function createYamlParser(parseMs = usualParseMs): ParseYaml {
  let turn: Promise<unknown> = Promise.resolve()
  return (text) => {
    const asJson = parseJson(text)
    if (asJson) return Promise.resolve(asJson)
    const parsed = turn.then(() => parseInThread(text, parseMs))
    turn = parsed
    return parsed
  }
}

/** JSON is YAML, and is read a hundred times as quickly. */
function parseJson(text: string): ParsedYaml | undefined {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

async function parseInThread(text: string, parseMs: number): Promise<ParsedYaml> {
  const worker = new Worker(program, {
    workerData: text,
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  })
  // Nobody waits for it when the program ends.
  worker.unref()
  try {
    return await nextAnswer(worker, parseMs)
  } finally {
    await worker.terminate()
  }
}

/** A thread that fails had a text too deep or too large for it. */
function nextAnswer(worker: Worker, parseMs: number): Promise<ParsedYaml> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(tooLong), parseMs)
    const settle = (parsed: ParsedYaml) => {
      clearTimeout(timer)
      resolve(parsed)
    }
    worker.once('message', (answer: { readonly value?: unknown; readonly problem?: string }) => {
      if (answer.problem === undefined && !('value' in answer)) settle(noYaml)
      else if (answer.problem === undefined) settle({ ok: true, value: answer.value })
      else settle({ ok: false, problem: answer.problem.slice(0, maxProblemLength) })
    })
    worker.once('error', () => settle(noYaml))
  })
}
