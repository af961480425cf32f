/** What a model wrote, as pairs or as a verdict; what cannot be read is said and left out. */
import { z } from 'zod'
import type { PairKind } from './answer-format.js'

export interface WrittenPair {
  readonly question: string
  readonly sql?: string
  readonly answer?: string
}

export interface ReadPairs {
  readonly pairs: readonly WrittenPair[]
  /** Why the rest of the answer, or all of it, is left out. */
  readonly problems: readonly string[]
}

export interface Verdict {
  /** 0 to 1. */
  readonly score: number
  readonly remark: string
  /** Empty where nothing was to be repaired. */
  readonly repair: string
}

/** In characters. */
const longestQuestion = 500
const longestText = 5_000
const longestRemark = 300

const question = z.string().trim().min(3).max(longestQuestion)
const text = z.string().trim().min(3).max(longestText)
const query = text.transform((sql) => sql.replace(/[;\s]+$/, ''))
const written = {
  sql: z.object({ question, sql: query }),
  answer: z.object({ question, answer: text }),
} as const

const verdict = z.object({
  score: z.coerce.number().min(0).max(10),
  remark: z.string().catch(''),
  repair: z.string().max(longestText).nullish(),
})

export function readPairs(answer: string, cut: boolean, kind: PairKind): ReadPairs {
  if (answer.trim() === '') return { pairs: [], problems: ['the answer is empty'] }
  const json = jsonIn(answer)
  const items = json === undefined ? wholePairs(answer) : itemsOf(json)
  const broken = cut ? 'the answer was cut' : 'the answer is no JSON'
  const problems = json === undefined ? [broken] : []
  if (items.length === 0) {
    return { pairs: [], problems: problems.length > 0 ? problems : ['the answer has no pairs'] }
  }
  const read = items.map((item) => written[kind].safeParse(item))
  const bad = read
    .filter(({ success }) => !success)
    .map(() => `a pair has no question or no ${kind}`)
  return {
    pairs: read.flatMap(({ data }) => data ?? []),
    problems: [...problems, ...bad],
  }
}

export function readVerdict(answer: string): Verdict | undefined {
  const { data } = verdict.safeParse(jsonIn(answer))
  if (!data) return undefined
  const { score, remark, repair } = data
  return {
    score: score / 10,
    remark: remark.replaceAll(/\s+/g, ' ').trim().slice(0, longestRemark),
    repair: repair?.trim() ?? '',
  }
}

/** Also between marks of code, or with words around it. */
function jsonIn(answer: string): unknown {
  const [inner = ''] = /[[{][\s\S]*[\]}]/.exec(answer) ?? []
  for (const candidate of [answer, inner]) {
    try {
      return JSON.parse(candidate)
    } catch {}
  }
  return undefined
}

function itemsOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  const lists = Object.values(json && typeof json === 'object' ? json : {}).filter(Array.isArray)
  return lists[0] ?? (json && typeof json === 'object' && 'question' in json ? [json] : [])
}

const textPattern = String.raw`"(?:[^"\\]|\\.)*"`
const pairPattern = new RegExp(
  String.raw`\{\s*${textPattern}\s*:\s*${textPattern}\s*,\s*${textPattern}\s*:\s*${textPattern}\s*\}`,
  'g',
)

/** Pairs that stand whole in half an answer: they were paid for. */
function wholePairs(answer: string): readonly unknown[] {
  return (answer.match(pairPattern) ?? []).flatMap((pair) => {
    try {
      return [JSON.parse(pair)]
    } catch {
      return []
    }
  })
}
