/** Gives questions a wrong attempt, with the reason that the product gives its model for the next one. */
import type { Database } from '../../../data/database.js'
import { forDialect } from '../../../data/join-free/dialect-target.js'
import { createRandom, type Random, seedOf, shuffled } from '../../../data/random.js'
import { noAnswer, type PromptFailure } from '../../../models/prompts/sql-prompt.js'
import { readCandidate } from '../../generators/local/candidate.js'
import { toldReason } from '../../generators/local/told-reason.js'
import { isWorthAnotherTry } from '../../routes.js'
import { tryOutLimits } from '../../sql-generator.js'
import type { TrainingDatabase, TrainingQuestion } from '../training-question.js'
import { type Damage, wrongNames, wrongUses } from './damages.js'

/** In percent of the questions; others never come with a wrong attempt. */
const damagedQuestions = 30
/** In percent of those whose names are damaged when nothing else fails: completing finds that out, and a grammar forbids it. */
const damagedNames = 25

export type ServedDatabase = Pick<Database, 'query'>

/** `served` answers as it answers users. The same for the same seed. */
export async function findFailures(
  database: TrainingDatabase,
  served: ServedDatabase,
  seed: number,
): Promise<TrainingDatabase> {
  const random = createRandom(seedOf(`${seed}:${database.name}:failures`))
  const questions: TrainingQuestion[] = []
  for (const question of database.questions) {
    const isDamaged = question.joinFree !== noAnswer && random.chance(damagedQuestions)
    const failure = isDamaged && (await findFailure(question, database, served, random))
    questions.push(failure ? { ...question, failure } : question)
  }
  return { ...database, questions }
}

/** The first damage that leads to a failure, each tried twice, as each picks by chance what it damages; what runs all the same is no mistake that could be repaired. */
async function findFailure(
  { joinFree, tables }: TrainingQuestion,
  { catalog }: TrainingDatabase,
  served: ServedDatabase,
  random: Random,
): Promise<PromptFailure | undefined> {
  const right = forDialect(joinFree, catalog.dialect)
  const damages: readonly Damage[] = [
    ...shuffled([...wrongUses, ...wrongUses], random),
    ...(random.chance(damagedNames) ? shuffled(wrongNames, random) : []),
  ]
  for (const damage of damages) {
    const sql = damage(right, { catalog, tables, random })
    if (sql === undefined || sql === right) continue
    const reason = await reasonAgainst(sql, { catalog, tables }, served)
    if (reason !== undefined) return { sql, reason }
  }
  return undefined
}

async function reasonAgainst(
  sql: string,
  { catalog, tables }: Pick<TrainingQuestion, 'tables'> & Pick<TrainingDatabase, 'catalog'>,
  served: ServedDatabase,
): Promise<string | undefined> {
  const { reading } = await readCandidate(
    { text: sql, tokens: 0, cut: false, elapsedMs: 0 },
    { catalog, rankedTables: tables, tryOut: (complete) => served.query(complete, tryOutLimits) },
  )
  if (!reading.ok) return reading.message
  const { outcome } = reading
  return outcome.ok || !isWorthAnotherTry(outcome.failure) ? undefined : toldReason(outcome.failure)
}
