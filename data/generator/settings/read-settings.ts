/** Reads a configuration file of `parley generate`; what is wrong is named with its line and its field. */
import { readFile } from 'node:fs/promises'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { readPhasePrompt } from '../model/prompt-template.js'
import { type GeneratorSettings, generatorSettings, isModelPhase } from './generator-settings.js'

export type ReadSettings =
  | { readonly ok: true; readonly settings: GeneratorSettings }
  | { readonly ok: false; readonly problems: readonly string[] }

export async function readSettings(path: string): Promise<ReadSettings> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, problems: [`${path} cannot be read.`] }
  const read = parseSettings(text, path)
  const problems = read.ok ? await promptProblems(read.settings) : []
  return problems.length > 0 ? { ok: false, problems } : read
}

async function promptProblems({ phases }: GeneratorSettings): Promise<readonly string[]> {
  const read = await Promise.all(
    phases.map(async ({ name, prompt_template: path }) =>
      path !== undefined && isModelPhase(name) ? readPhasePrompt(name, path) : undefined,
    ),
  )
  return read.flatMap((prompt) => (prompt && !prompt.ok ? prompt.problem : []))
}

/** `name` stands before each problem. */
export function parseSettings(text: string, name: string): ReadSettings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => {
      const { line } = lines.linePos(pos[0])
      return `${name}, line ${line}: ${message}`
    })
    return { ok: false, problems }
  }
  const parsed = generatorSettings.safeParse(document.toJS())
  if (parsed.success) return { ok: true, settings: parsed.data }
  const problems = parsed.error.issues.map((issue) => describe(issue, document, lines))
  return { ok: false, problems: problems.map((problem) => `${name}, ${problem}`) }
}

function describe(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])].map((part) =>
    typeof part === 'symbol' ? String(part) : part,
  )
  const { line } = lines.linePos(startOf(document, path))
  const message = unknown === undefined ? issue.message : 'There is no such field.'
  return `line ${line}, ${path.join('.') || 'the whole file'}: ${message}`
}

/** Where the value stands, or the nearest thing around it that is there. */
function startOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
