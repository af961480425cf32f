/** Reads the times of training questions as those of users' questions are read. */
import type { Catalog } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { Period } from '../entities/entities.js'
import { readQuestion } from '../entities/read-question.js'
import { newestDate } from '../entities/schema/newest-date.js'

export function periodReader(
  catalog: Catalog,
  linkValues: (question: string) => readonly ValueLink[],
): (question: string) => readonly Period[] {
  const asOf = newestDate(catalog)
  return (question) =>
    readQuestion({ question, catalog, valueLinks: linkValues(question), asOf }).entities.periods
}
