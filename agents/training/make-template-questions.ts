/** Asks template questions of any database; each one's SQL is completed, run, and finds something. */
import type { Catalog } from '../../data/catalog.js'
import { findsSomething } from '../../data/generator/finds-something.js'
import { templates } from '../../data/generator/templates/all-templates.js'
import type { TemplateQuestion } from '../../data/generator/templates/askable.js'
import { readSchema } from '../../data/generator/templates/read-schema.js'
import { finished } from '../../data/generator/templates/say.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { roundTrip } from '../../data/join-free/round-trip.js'
import { createRandom, type Random, seedOf } from '../../data/random.js'
import type { RunRows } from '../../data/training/verify-question.js'
import type { TrainingQuestion } from './training-question.js'

export interface TemplateTask {
  readonly name: string
  /** Text columns list as many values in `samples` as questions may name. */
  readonly catalog: Catalog
  readonly run: RunRows
  /** At most so many are asked. */
  readonly count: number
  readonly seed: number
  /** Another pass asks other questions. */
  readonly pass: number
}

export interface TemplateQuestions {
  readonly questions: readonly TrainingQuestion[]
  /** How many were left out, by why. */
  readonly rejected: Readonly<Record<string, number>>
}

const idStart = 'template-'
/** As many tries as there may be for each question wanted. */
const triesPerQuestion = 12

/** The pass that asks it; undefined for questions that are no template's. */
export function passOfTemplate({ id }: Pick<TrainingQuestion, 'id'>): number | undefined {
  return id.startsWith(idStart) ? Number(id.split('-')[1]) : undefined
}

export async function makeTemplateQuestions(task: TemplateTask): Promise<TemplateQuestions> {
  const { name, catalog, count, seed, pass } = task
  const random = createRandom(seedOf(`${seed}:${pass}:${name}:templates`))
  const schema = readSchema(catalog)
  const questions: TrainingQuestion[] = []
  const rejected: Record<string, number> = {}
  const said = new Set<string>()
  if (schema.tables.length === 0) return { questions, rejected }
  for (let left = count * triesPerQuestion; left > 0 && questions.length < count; left--) {
    const [template, question] = drawQuestion(schema, random)
    if (!question) continue
    const wording = finished(question.text, random)
    const checked = said.has(question.sql) ? 'asked before' : await check(question, task)
    said.add(question.sql)
    if (typeof checked === 'string') {
      const reason = `${template}: ${checked}`
      rejected[reason] = (rejected[reason] ?? 0) + 1
      continue
    }
    const id = `${idStart}${pass}-${questions.length + 1}-${template}`
    questions.push({ id, wordings: [wording], ...checked })
  }
  return { questions, rejected }
}

function drawQuestion(schema: ReturnType<typeof readSchema>, random: Random) {
  const [name, , template] = templates[random.weighted(weights)] ?? []
  return [name, template?.({ schema, random })] as const
}

const weights = templates.map(([, weight]) => weight)

type Checked = Pick<TrainingQuestion, 'joinFree' | 'tables'>

/** Said again as the encoder says it, so that all sets write one SQL for one thing. */
async function check(
  { sql }: TemplateQuestion,
  { catalog, run }: TemplateTask,
): Promise<Checked | string> {
  const completed = completeJoinFree(sql, catalog)
  if (!completed.ok) return `not completed: ${completed.message}`
  const said = roundTrip(completed.sql, catalog)
  if (!said.ok) return `${said.reason}: ${said.message}`
  const outcome = await run(said.sql)
  if (!outcome.ok) return `fails: ${outcome.message.split('\n')[0]}`
  if (!findsSomething(outcome.rows)) return 'finds nothing'
  return { joinFree: said.joinFree, tables: said.tables }
}
