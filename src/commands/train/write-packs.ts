/** Writes the files of training packs: one a pass, and one to validate on. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildPacks } from '../../../agents/training/build-packs.js'
import { passOfTemplate } from '../../../agents/training/make-template-questions.js'
import type {
  TrainingDatabase,
  TrainingQuestion,
} from '../../../agents/training/training-question.js'
import type { TokenCounter } from '../../../models/llama/open-token-counter.js'

/** One database in so many is kept for validation. */
const validationShare = 24

export interface WritingPlan {
  readonly passes: number
  readonly seed: number
  readonly folder: string
  readonly counter: TokenCounter
  readonly pointed?: boolean
}

/** `made` are the databases that a pass has beside those. */
export async function writePacks(
  databases: readonly TrainingDatabase[],
  made: (pass: number) => readonly TrainingDatabase[],
  plan: WritingPlan,
): Promise<void> {
  const { passes, seed, folder, counter, pointed } = plan
  await mkdir(folder, { recursive: true })
  const sorted = [...databases].sort((left, right) => (left.name < right.name ? -1 : 1))
  const isKept = (index: number) => index % validationShare === validationShare - 1
  const validation = sorted.filter((_, index) => isKept(index))
  const training = sorted.filter((_, index) => !isKept(index))
  const countTokens = (text: string) => counter.count(text)
  if (validation.length > 0) {
    await writeValidation('validation.jsonl', validation.map(asMeasured), plan)
  }
  const options = { seed, varied: true, pointed, countTokens }
  for (let pass = 1; pass <= passes; pass++) {
    await writeLines(
      join(folder, `train-${pass}.jsonl`),
      [...training, ...made(pass)].flatMap((database) =>
        buildPacks(askedIn(database, pass), { ...options, pass }),
      ),
    )
  }
  if (!pointed) return
  // A model that learns from nothing is tuned last to what a chat asks of it.
  await writeLines(
    join(folder, 'chat-1.jsonl'),
    [...training, ...made(passes)].flatMap((database) =>
      buildPacks(askedInChat(database), { ...options, pass: passes + 1, asInChat: true }),
    ),
  )
}

/** What was tried before and how dialogues begin, with as many plain questions; follow-ups are put so that they stand alone. */
function askedInChat(database: TrainingDatabase): TrainingDatabase {
  const { questions } = database
  const ofChats = questions.filter(({ id, failure }) => failure || id.startsWith('cosql'))
  const plain = questions.filter((question) => !ofChats.includes(question))
  return { ...database, questions: [...ofChats, ...plain.slice(0, ofChats.length)] }
}

export function writeValidation(
  name: string,
  databases: readonly TrainingDatabase[],
  { seed, folder, counter, pointed }: WritingPlan,
): Promise<void> {
  const options = { seed, pass: 1, varied: false, pointed, countTokens: counter.count }
  return writeLines(
    join(folder, name),
    databases.flatMap((database) => buildPacks(database, options)),
  )
}

/** Every other chart question, as they are many, long and loosely worded; of the templates' those of the pass. */
function askedIn(database: TrainingDatabase, pass: number): TrainingDatabase {
  const isAsked = (question: TrainingQuestion, index: number) =>
    question.id.startsWith('nvbench')
      ? (index + pass) % 2 === 0
      : (passOfTemplate(question) ?? pass) === pass
  return { ...database, questions: database.questions.filter(isAsked) }
}

/** Spider's own questions: what is measured does not depend on which other sets are there. */
function asMeasured(database: TrainingDatabase): TrainingDatabase {
  return {
    ...database,
    questions: database.questions.filter(({ id }) => id.startsWith('train_')),
  }
}

/** Written under another name and renamed, so that a file is whole or absent. */
async function writeLines(path: string, values: readonly unknown[]): Promise<void> {
  const draft = `${path}.part`
  await writeFile(draft, values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  await rename(draft, path)
}
