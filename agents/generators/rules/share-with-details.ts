/** "What percentage of the orders was returned": the rows that have a detail, in percent of all. */
import type { Catalog } from '../../../data/catalog.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Entities } from '../../entities/entities.js'
import { conditionsOf } from './conditions.js'
import { selectSql } from './select-parts.js'

/** Undefined unless the second of two counts is of details of the first. */
export function shareWithDetails(entities: Entities, catalog: Catalog): string | undefined {
  const [whole, part] = entities.measures
  const counts = [whole, part].every((m) => m?.aggregate === 'count' && !m.column)
  if (entities.presentation !== 'share' || entities.dimensions.length > 0 || !counts)
    return undefined
  if (!whole || !part || !parentsOf(catalog, part.table).has(whole.table)) return undefined
  const { chosen, timed } = conditionsOf(catalog, entities, whole.table)
  const having = { table: part.table, exists: true, phrase: part.phrase }
  const bare = {
    ...entities,
    filters: [],
    periods: [],
    weekend: false,
    having: [],
    existence: [having],
  }
  const [kept] = conditionsOf(catalog, bare, whole.table).chosen
  return selectSql({
    distinct: false,
    items: [`100.0 * count(*) filter (where ${kept}) / count(*) as share_percent`],
    from: quoteIdentifier(whole.table, catalog.dialect),
    where: [...chosen, ...timed],
    groupBy: [],
    having: [],
    orderBy: [],
  })
}
