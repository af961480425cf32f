/** Prompts as files of Liquid: read and tried once, so that a mistake is found before a model is asked. */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Liquid, LiquidError, type Template } from 'liquidjs'
import { packageRoot } from '../../../models/package-root.js'
import type { ModelPhase } from '../settings/generator-settings.js'
import type { CriticVariables, PhaseVariables } from './prompt-variables.js'

export interface Prompt<Variables> {
  render(variables: Variables): string
}

export type ReadPrompt<Variables> =
  | { readonly ok: true; readonly prompt: Prompt<Variables> }
  /** Names the file and, where it can, the line. */
  | { readonly ok: false; readonly problem: string }

/** Anything that a template could loop over or compare, one of each. */
const sampleSchema = {
  dialect: 'duckdb',
  schema: 'table orders',
  tables: [
    {
      name: 'orders',
      comment: '',
      columns: [
        { name: 'id', type: 'int', comment: '', is_key: true, values: ['1'], least: '', most: '' },
      ],
    },
  ],
  keys: [{ from_table: 'orders', from_column: 'id', to_table: 'orders', to_column: 'id' }],
  format: 'JSON',
}
const phaseSample: PhaseVariables = {
  ...sampleSchema,
  count: 1,
  topic: 'totals',
  style: 'short',
  has_values: true,
}
const criticSample: CriticVariables = {
  ...sampleSchema,
  pair: 'Question: How many orders?',
}

/** No template reads other files. */
const engine = new Liquid({ strictVariables: true, strictFilters: true, templates: {} })

/** `path` goes before the file that comes with Parley. */
export function readPhasePrompt(phase: ModelPhase, path: string | undefined) {
  return readPrompt(path ?? shipped(phase), phaseSample)
}

export function readCriticPrompt() {
  return readPrompt(shipped('critic'), criticSample)
}

function shipped(name: string): string {
  return join(packageRoot, 'data', 'generator', 'prompts', `${name}.liquid`)
}

async function readPrompt<Variables extends object>(
  path: string,
  sample: Variables,
): Promise<ReadPrompt<Variables>> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const name = relative(process.cwd(), path)
  if (text === undefined) return { ok: false, problem: `${name} cannot be read.` }
  if (text.trim() === '') return { ok: false, problem: `${name} is empty.` }
  try {
    const template = engine.parse(text, name)
    const unknown = unknownVariable(template, sample)
    if (unknown) {
      const known = Object.keys(sample).join(', ')
      const problem = `${name}, line ${unknown.line}: there is no variable ${unknown.name}. There are ${known}.`
      return { ok: false, problem }
    }
    engine.renderSync(template, sample)
    const render = (variables: Variables) => String(engine.renderSync(template, variables)).trim()
    return { ok: true, prompt: { render } }
  } catch (error) {
    return { ok: false, problem: describe(error, name) }
  }
}

function unknownVariable(template: Template[], sample: object) {
  const { globals } = engine.analyzeSync(template, { partials: false })
  const [found] = Object.entries(globals).filter(([name]) => !Object.hasOwn(sample, name))
  return found && { name: found[0], line: found[1][0]?.location.row ?? 1 }
}

function describe(error: unknown, name: string): string {
  if (!LiquidError.is(error)) return `${name}: ${(error as Error).message}`
  const [line] = error.token.getPosition()
  return `${name}, line ${line}: ${error.message.replace(/, (file:.*, )?line:\d+, col:\d+$/, '')}.`
}
