/** Finds what the question asks for in terms of the catalog; a follow-up is completed from the turn before. */
import { type Catalog, findColumn } from '../../data/catalog.js'
import type { ColumnSwap } from '../../data/join-free/replace-columns.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { AnswerError } from '../answer.js'
import { replaceEntityColumns } from '../columns/replace-entity-columns.js'
import type { GraphDependencies } from '../dependencies.js'
import { describeEntities } from '../entities/describe-entities.js'
import type { Entities } from '../entities/entities.js'
import { type ReadingInput, readQuestion } from '../entities/read-question.js'
import { narrowCatalog } from '../entities/schema/narrow-catalog.js'
import { newestDate, newestDateRemark } from '../entities/schema/newest-date.js'
import { tablesOf } from '../entities/tables-of.js'
import { intentOfShape } from '../intent/intent-of-shape.js'
import { isGivenSql } from '../intent/intent-rules.js'
import type { State } from '../state.js'
import { traced } from '../traced.js'

export function extractEntities(dependencies: GraphDependencies) {
  return traced('extractEntities', 'understanding', async (state) => {
    const whole = await dependencies.catalog()
    const valueLinks = dependencies.knowledge.linkValues(state.question)
    const catalog = narrow(state, whole, valueLinks)
    if (isGivenSql(state)) return { update: { catalog }, summary: 'SQL is taken as it is.' }
    const { swaps = [] } = state.options
    const failure = unknownColumn(swaps, catalog)
    const asOf = state.options.asOf ?? newestDate(whole)
    const { entities: asRead, followsUp } = read(state, { catalog, valueLinks, asOf })
    const entities = replaceEntityColumns(asRead, failure ? [] : swaps)
    const rewrittenQuestion = followsUp ? describeEntities(entities, catalog) : undefined
    return {
      update: {
        catalog,
        entities,
        // Asked of all tables: the one with the newest date may not be among those that are read.
        asOfRemark: state.options.asOf === undefined ? newestDateRemark(whole) : '',
        failure,
        rewrittenQuestion,
        intent: followsUp ? 'follow_up' : intentOfShape(entities, state.intent),
      },
      summary: summarise(entities, catalog, followsUp),
      details: { entities },
    }
  })
}

function narrow(state: State, whole: Catalog, valueLinks: readonly ValueLink[]): Catalog {
  const before = leansOnMemory(state) ? tablesOf(state.memory?.entities) : []
  const swapped = (state.options.swaps ?? []).flatMap(({ column, by }) => [column.table, by.table])
  const chosen = Object.values(state.resolutions ?? {}).map(({ table }) => table)
  return narrowCatalog(whole, {
    question: state.question,
    valueLinks,
    always: [...before, ...swapped, ...chosen],
  })
}

function read(state: State, around: Pick<ReadingInput, 'catalog' | 'valueLinks' | 'asOf'>) {
  return readQuestion({
    ...around,
    question: state.question,
    resolutions: state.resolutions,
    previous: leansOnMemory(state) ? state.memory?.entities : undefined,
  })
}

/** Small talk and questions about the database itself stand alone. */
function leansOnMemory({ intent, options }: State): boolean {
  return !options.newTopic && !['chit_chat', 'catalog', 'unsafe'].includes(intent ?? '')
}

function unknownColumn(swaps: readonly ColumnSwap[], catalog: Catalog): AnswerError | undefined {
  const unknown = swaps
    .flatMap(({ column, by }) => [column, by])
    .find((column) => !findColumn(catalog, column))
  return (
    unknown && {
      code: 'not_understood',
      phase: 'understanding',
      message: `This data has no column ${unknown.table}.${unknown.column}.`,
      hints: [],
    }
  )
}

function summarise(entities: Entities, catalog: Catalog, followsUp: boolean): string {
  if (entities.base === undefined) return 'No table or column of this data is named.'
  const unknown = entities.unknownWords.map((word) => `“${word}”`).join(', ')
  const reading = describeEntities(entities, catalog)
  const lead = followsUp ? 'A follow-up, read as' : 'Read as'
  return `${lead}: ${reading}.${unknown ? ` Not found in this data: ${unknown}.` : ''}`
}
