/** Joins the opened services to the graph: the one implementation of `Orchestrator`. */
import { Command } from '@langchain/langgraph'
import type { Answer } from '../agents/answer.js'
import type { AnswerEvent } from '../agents/answer-event.js'
import type { ApprovedPairs } from '../agents/dependencies.js'
import { narrowCatalog } from '../agents/entities/schema/narrow-catalog.js'
import { canAnswer } from '../agents/generators/rules/can-answer.js'
import { type AnswerGraph, createGraph } from '../agents/graph.js'
import { createIntentClassifier } from '../agents/intent/nearest-intent.js'
import { freshQuestion, type State, type Update } from '../agents/state.js'
import { suggestQuestions } from '../agents/text/suggest.js'
import { joinSignals } from '../data/join-signals.js'
import { buildAnswer } from './build-answer.js'
import type { Config } from './config.js'
import { threadOf } from './conversation-store.js'
import { createHandbook } from './create-handbook.js'
import { createNotebook } from './create-notebook.js'
import { generatorStatuses } from './generator-statuses.js'
import { createGenerators } from './generators/create-generators.js'
import { watchJudgements } from './generators/watch-judgements.js'
import { healthOf } from './health-of.js'
import { keepInTurn } from './keep-in-turn.js'
import { createKeptResults, exportFolderOf } from './kept/create-kept-results.js'
import { explainGivenSql, searchDocuments } from './look-up.js'
import type { Orchestrator, ProcessOptions } from './orchestrator.js'
import { questionOptions } from './question-options.js'
import { cancelled, readOpenQuestion } from './read-open-question.js'
import { refused } from './refused-question.js'
import { type RequestDeadline, startDeadline } from './request-deadline.js'
import { sampleRows } from './sample-rows.js'
import { defaultServiceLimits } from './service-limits.js'
import type { ServiceHooks, Services } from './services.js'
import { startTurn, type Turn } from './start-turn.js'
import { streamEvents } from './stream-events.js'

/** Between reading the tables and writing about them. */
const notCounted = { done: 0, total: 0, unit: 'documents' } as const
/** Suggested questions on the start page. */
const startSuggestions = 6

/** Takes ownership of the services: closing the orchestrator closes them. */
export function joinOrchestrator(
  services: Services,
  config: Config,
  hooks: ServiceHooks,
): Orchestrator {
  const { logger, limits } = hooks
  const { comparison } = services.remotes
  const generators = createGenerators(services, config, hooks)
  const graph = createGraph(
    {
      database: services.database,
      knowledge: services.knowledge,
      generators,
      catalog: services.catalog,
      approved: approvedPairsOf(services),
      limits,
      nearestIntent: createIntentClassifier((texts) => services.knowledge.embed(texts)),
    },
    services.conversations.checkpointer,
  )
  const closing = new AbortController()
  const running = new Set<Promise<Answer>>()
  const answer = (raw: string, options: ProcessOptions = {}): Promise<Answer> => {
    const deadline = startDeadline(limits?.requestMs ?? defaultServiceLimits.requestMs)
    // The graph leaves listeners on the signal it is given; a signal of the question's own takes them along.
    const { signal, release } = joinSignals([options.signal, closing.signal, deadline.signal])
    const question = answerOne(raw, { ...options, signal }, deadline)
    running.add(question)
    return question.finally(() => {
      deadline.end()
      release()
      running.delete(question)
    })
  }
  const answerOne = async (raw: string, options: ProcessOptions, deadline: RequestDeadline) => {
    const turn = startTurn(raw, options, deadline, comparison)
    const { isSql } = options
    const reading = { isPoliced: hooks.policy !== undefined, isSql, closing: closing.signal }
    const read = await readOpenQuestion(services, raw, reading)
    options.onEvent?.({ type: 'message_start', ...turn.ids, question: turn.question })
    const ended = read.ok
      ? await keepInTurn(services, turn, options, () =>
          // A question ends on the model that it began with, whichever adapter is activated meanwhile.
          services.model.hold(() =>
            runGraph(graph, services, read.question, turn, options, config),
          ),
        )
      : refused(turn, read.error)
    const finished = deadline.judge(ended)
    if (read.ok && turn.arm) comparison?.answered(turn.arm, finished)
    const { id, ok, timings } = finished
    const fields = { event: 'answered', id, ok, ms: timings.total, timings }
    logger.info(fields, finished.ok ? 'answered' : finished.error.code)
    announceEnd(finished, options)
    return finished
  }
  return {
    process: answer,
    stream: (question, options) => streamEvents(question, options, answer),
    catalog: services.catalog,
    suggestions: () => startingQuestions(services),
    complete: async (text, limit) => services.knowledge.complete(text, limit),
    explainSql: (sql, signal) =>
      explainGivenSql(
        services.database,
        sql,
        signal,
        limits?.gateMs ?? defaultServiceLimits.gateMs,
      ),
    search: (...asked) => searchDocuments(services.knowledge, ...asked),
    generators: () => generatorStatuses(generators, services),
    indexing: () =>
      services.isIndexing() ? (services.progressOf('index') ?? notCounted) : undefined,
    chooseModel: async (name, model) => {
      const isKept = await services.remotes.slots.get(name)?.choose?.(model)
      return isKept ? generators[name]?.status() : undefined
    },
    comparison: () => comparison?.report(),
    notebook: (user) => watchJudgements(createNotebook(services, user), comparison),
    handbook: (user) => createHandbook(services, user),
    sampleRows: (table, options) =>
      sampleRows(services, table, options, limits?.queryMs ?? defaultServiceLimits.queryMs),
    results: (user) =>
      createKeptResults({ ...services, limits, exportFolder: exportFolderOf(config) }, user),
    health: () => healthOf({ ...services, queue: hooks.modelQueue }),
    close: async () => {
      closing.abort()
      await Promise.allSettled(running)
      await services.close()
    },
  }
}

/** The closing events of a stream: what went wrong or is asked back, then the answer as a whole. */
function announceEnd(answer: Answer, { onEvent }: ProcessOptions): void {
  if (!answer.ok) onEvent?.({ type: 'error', error: answer.error })
  else if (answer.clarification) {
    onEvent?.({ type: 'clarification', clarification: answer.clarification })
  }
  onEvent?.({ type: 'message_stop', answer })
}

/** Checked one by one, so that every question offered works. */
async function startingQuestions({ catalog, knowledge }: Services): Promise<readonly string[]> {
  const known = narrowCatalog(await catalog(), { question: '', valueLinks: [] })
  return suggestQuestions(known, {
    limit: startSuggestions,
    canAnswer: (question) => canAnswer(question, known, knowledge),
  })
}

async function runGraph(
  graph: AnswerGraph,
  services: Services,
  question: string,
  turn: Turn,
  options: ProcessOptions,
  config: Config,
): Promise<Answer> {
  const { onEvent, signal } = options
  if (signal?.aborted) return refused(turn, cancelled)
  const scope = services.scopeOf(options.user)
  const thread = { configurable: { thread_id: threadOf(scope, turn.ids.conversationId) } }
  const asked = {
    ...questionOptions(options, config),
    ...(turn.generator !== undefined && { generator: turn.generator }),
    endsAt: turn.endsAt,
  }
  const paused = (await graph.getState(thread)).next.includes('askBack')
  const input = paused
    ? new Command<string, Update, never>({ resume: question, update: { options: asked } })
    : freshQuestion(question, asked)
  try {
    let state: State | undefined
    const steps = await graph.stream(input, {
      ...thread,
      signal,
      streamMode: ['custom', 'values'],
      durability: 'sync',
    })
    for await (const [mode, chunk] of steps) {
      if (mode === 'custom') onEvent?.(chunk as AnswerEvent)
      else if (!('__interrupt__' in chunk)) state = chunk as State
    }
    if (!state) throw new Error('The graph ended without a state.')
    return buildAnswer(state, {
      ...turn.ids,
      totalMs: performance.now() - turn.started,
      dialect: services.database.dialect,
    })
  } catch (error) {
    if (signal?.aborted) return refused(turn, cancelled)
    await services.conversations.dropSteps(scope, turn.ids.conversationId)
    throw error
  }
}

/** Without the pairs, questions are answered as any other. */
function approvedPairsOf({ conversations: { store }, scopeOf }: Services): ApprovedPairs {
  return {
    find: (user, question) =>
      store.findApprovedPair(scopeOf(user), question).catch(() => undefined),
    all: (user) => store.approvedPairs(scopeOf(user)).catch(() => []),
  }
}
