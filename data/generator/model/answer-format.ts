/** How a model is asked to answer: as a JSON schema, as a grammar, and in words. */
import {
  answerPairsGrammar,
  sqlPairsGrammar,
  verdictGrammar,
} from '../../../models/grammar/json-answer-grammar.js'
import type { AnswerShape } from '../../../models/language-model.js'
import type { Column } from '../../catalog.js'
import type { ModelPhase } from '../settings/generator-settings.js'
import type { Offered } from './choose-tables.js'

export interface AnswerFormat {
  readonly shape: AnswerShape
  readonly grammar: string
  /** For the prompt. */
  readonly text: string
}

export type PairKind = 'sql' | 'answer'

export function kindOf(phase: ModelPhase): PairKind {
  return phase === 'schema_docs' || phase === 'schema_relationship' ? 'answer' : 'sql'
}

export function pairsFormat(kind: PairKind, count: number, offered: Offered): AnswerFormat {
  const pair = textObject({ question: 'As a user would ask it.', [kind]: pairTexts[kind] })
  const example = `{"pairs": [{"question": "…", "${kind}": "…"}]}`
  return {
    shape: {
      name: 'pairs',
      description: 'Questions, each with what answers it.',
      schema: object({ pairs: { type: 'array', items: pair } }),
    },
    grammar:
      kind === 'sql' ? sqlPairsGrammar(grammarSchema(offered), count) : answerPairsGrammar(count),
    text: `Answer with JSON alone: ${example} with ${count} pairs.`,
  }
}

const pairTexts: Readonly<Record<PairKind, string>> = {
  sql: 'The SELECT that answers it.',
  answer: 'The answer in words.',
}

/** `offered` where the repair is SQL. */
export function verdictFormat(offered: Offered | undefined): AnswerFormat {
  const repair = 'What answers the question; empty where nothing needs repair.'
  return {
    shape: {
      name: 'verdict',
      description: 'How well it answers the question.',
      schema: object({
        score: { type: 'number', description: '0 to 10.' },
        remark: { type: 'string', description: 'Why, in one sentence.' },
        repair: { type: 'string', description: repair },
      }),
    },
    grammar: verdictGrammar(offered && grammarSchema(offered)),
    text: 'Answer with JSON alone: {"score": 0 to 10, "remark": "why, in one sentence", "repair": "what would answer it, or nothing"}',
  }
}

function object(properties: Readonly<Record<string, unknown>>) {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

function textObject(texts: Readonly<Record<string, string>>) {
  const described = Object.entries(texts).map(([name, description]) => [
    name,
    { type: 'string', description },
  ])
  return object(Object.fromEntries(described))
}

/** A longer list makes a grammar slow. */
const mostListedValues = 30

function grammarSchema({ dialect, tables }: Offered) {
  const listed = ({ values }: Column) =>
    values && values.length > 0 && values.length <= mostListedValues ? values : undefined
  const plain = tables.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => ({ ...column, values: listed(column) })),
  }))
  return { dialect, tables: plain, values: [] }
}
