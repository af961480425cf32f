/** The product itself on one source, as the evaluation asks it, and the judge of its answers. */
import type { Answer, GeneratorName } from '../../agents/answer.js'
import { chooseChart } from '../../agents/chart/choose-chart.js'
import type { Levers } from '../../agents/generators/local/levers.js'
import { readSqlShape } from '../../agents/text/read-sql-shape.js'
import type { Catalog } from '../../data/catalog.js'
import type { EvaluatedSource, OpenedSource } from '../../data/evaluation/evaluate-questions.js'
import { documentColumns } from '../../rag/document-columns.js'
import { createOrchestrator } from '../index.js'
import type { Models } from '../open-models.js'
import type { Orchestrator } from '../orchestrator.js'
import type { CommandContext } from './command-context.js'
import { type JudgeSettings, openJudge } from './open-judge.js'
import { usesLocalModel } from './parse-generator.js'

export interface AskSettings {
  readonly generator: GeneratorName
  readonly levers?: Partial<Levers>
  readonly withEvidence: boolean
  readonly models: Models
}

/** A source that cannot be opened, for whatever reason, is a value: a long run goes on with the others. */
export async function openEvaluatedSource(
  source: string | undefined,
  asking: AskSettings,
  judging: JudgeSettings,
  { config, signal }: Pick<CommandContext, 'config' | 'signal'>,
): Promise<OpenedSource> {
  try {
    const { judge, close } = await openJudge(source, config, judging, signal)
    const { models, generator, levers } = asking
    const orchestrator = await createOrchestrator({
      ...config,
      source,
      models: usesLocalModel(generator) ? models : { ...models, fillModel: async () => {} },
      levers,
      // Thousands of questions nobody will come back to, perhaps of several runs at once.
      keepConversations: false,
      waitFor: usesLocalModel(generator) ? 'model' : 'index',
      // What another generator wrote instead would be counted as its own.
      fallBack: false,
    }).catch(async (error: unknown) => {
      await close()
      throw error
    })
    const ask = askThrough(orchestrator, asking, signal)
    const draw = drawThrough(orchestrator, signal)
    const closeBoth = async () => {
      await orchestrator.close()
      await close()
    }
    return { ok: true, source: { ask, draw, judge, close: closeBoth } }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

type Product = Pick<Orchestrator, 'process' | 'catalog'>

/** The same call as every other door's. */
export function askThrough(
  orchestrator: Product,
  { generator, withEvidence }: Pick<AskSettings, 'generator' | 'withEvidence'>,
  signal: AbortSignal,
): EvaluatedSource['ask'] {
  return async (question, conversationId) => {
    const answer = await orchestrator.process(wordsOf(question, withEvidence), {
      conversationId,
      generator,
      // A signal of its own for each question: listeners would pile up on the long-lived one.
      signal: AbortSignal.any([signal]),
    })
    return { ...answer, ...traceParts(answer, await orchestrator.catalog()) }
  }
}

/** What retrieval ranked and how many texts a model wrote, read from the steps of the answer. */
function traceParts({ trace, provenance }: Answer, catalog: Catalog) {
  const details = (node: string) =>
    trace.flatMap((step) => (step.node === node && step.details ? [step.details] : []))
  const tables = details('retrieveContext').at(-1)?.tables
  const drawn = details('generateSql').flatMap(({ samples }) =>
    typeof samples === 'number' ? [samples] : [],
  )
  const known = documentColumns(catalog)
  const columns = (provenance?.documents ?? []).flatMap(({ id }) => {
    const about = known.get(id)
    return about ? [about] : []
  })
  return {
    ...(Array.isArray(tables) && provenance ? { retrieved: { catalog, tables, columns } } : {}),
    ...(drawn.length > 0 ? { samples: drawn.reduce((sum, count) => sum + count, 0) } : {}),
  }
}

/** SQL typed in place of a question is run by the product as it is; the chart is chosen for the question. */
function drawThrough(
  { process }: Pick<Product, 'process'>,
  signal: AbortSignal,
): EvaluatedSource['draw'] {
  return async ({ question, sqls: [gold = ''] }) => {
    const answer = await process(gold, { signal: AbortSignal.any([signal]) })
    if (!answer.ok || answer.sql === undefined) return undefined
    const { columns, rows, sql } = answer
    return chooseChart({ columns, rows, question, shape: readSqlShape(sql) }).kind
  }
}

/** Evidence stands in brackets behind the question, as somebody would type it who knows the data. */
function wordsOf(
  { question, evidence }: { readonly question: string; readonly evidence?: string },
  withEvidence: boolean,
): string {
  return withEvidence && evidence ? `${question} (${evidence})` : question
}
