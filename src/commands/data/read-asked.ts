/** The questions that instructions are written for: Spider's own, or converted ones. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { TargetDialect } from '../../../data/dialects/dialect-engine.js'
import { questionFiles, readQuestionFile } from '../../../data/training/spider/spider-files.js'

export interface AskedQuestion {
  readonly id: string
  readonly database: string
  readonly question: string
  readonly sql: string
  readonly dialect: 'sqlite' | TargetDialect
}

export type AskedQuestions =
  | { readonly ok: true; readonly questions: readonly AskedQuestion[] }
  | { readonly ok: false; readonly message: string }

const convertedRow = z.object({
  id: z.string(),
  database: z.string(),
  question: z.string(),
  sql: z.string(),
  dialect: z.enum(['postgres', 'duckdb']),
})

export interface AskedPlace {
  readonly spider: string
  readonly split: 'train' | 'dev'
  readonly converted?: string
}

/** The development databases are for measuring alone, so the training split never has them. */
export async function readAsked(place: AskedPlace): Promise<AskedQuestions> {
  const evaluated = await readQuestionFile(place.spider, 'dev.json')
  if (!evaluated.ok) return evaluated
  const kept = new Set(evaluated.rows.map(({ db_id }) => db_id.toLowerCase()))
  const read = place.converted ? await readConverted(place.converted) : await readOriginal(place)
  if (!read.ok || place.split === 'dev') return read
  const questions = read.questions.filter(({ database }) => !kept.has(database.toLowerCase()))
  return { ok: true, questions }
}

async function readOriginal({ spider, split }: AskedPlace): Promise<AskedQuestions> {
  const names = questionFiles.filter((name) => (name === 'dev.json') === (split === 'dev'))
  const questions: AskedQuestion[] = []
  for (const name of names) {
    const read = await readQuestionFile(spider, name)
    if (!read.ok) return read
    const prefix = name.replace('.json', '')
    questions.push(
      ...read.rows.map(({ db_id, question, query }, at) => ({
        id: `${prefix}-${at}`,
        database: db_id,
        question,
        sql: query,
        dialect: 'sqlite' as const,
      })),
    )
  }
  return { ok: true, questions }
}

async function readConverted(file: string): Promise<AskedQuestions> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, message: `There is no file ${file}.` }
  const questions: AskedQuestion[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const row = convertedRow.safeParse(parse(line))
    if (!row.success) {
      return { ok: false, message: `${file}, line ${at + 1} is no converted question.` }
    }
    questions.push(row.data)
  }
  return { ok: true, questions }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
