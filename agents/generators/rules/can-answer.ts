/** Whether the rules have an unambiguous reading of a question: what a suggestion must pass. */
import type { Catalog } from '../../../data/catalog.js'
import type { KnowledgeBase } from '../../../rag/knowledge.js'
import { readQuestion } from '../../entities/read-question.js'
import { newestDate } from '../../entities/schema/newest-date.js'
import { buildQuery } from './build-query.js'

export function canAnswer(
  question: string,
  catalog: Catalog,
  knowledge: Pick<KnowledgeBase, 'linkValues'>,
): boolean {
  const valueLinks = knowledge.linkValues(question)
  const asOf = newestDate(catalog)
  const { entities } = readQuestion({ question, catalog, valueLinks, asOf })
  const clear = entities.unknownWords.length === 0 && entities.ambiguities.length === 0
  return clear && buildQuery(entities, catalog).ok
}
