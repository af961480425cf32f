/** "Top 3 products per category": ranked inside each group, ties kept out by the name. */
import type { Catalog } from '../../../data/catalog.js'
import type { Entities } from '../../entities/entities.js'
import { dimensionSql, measureAlias, measureSql } from './expressions.js'
import { type SelectParts, selectSql } from './select-parts.js'

export function rankWithin(entities: Entities, catalog: Catalog, grouped: SelectParts): string {
  const [measure] = entities.measures
  const within = entities.limitWithin
  if (!measure || !within) return selectSql(grouped)
  const direction = entities.order?.direction ?? 'desc'
  const total = measureSql(catalog, measure)
  const ordered = [within, ...entities.dimensions.filter((dimension) => dimension !== within)]
  const names = ordered.map((_, at) => `group_${at + 1}`)
  const shown = ordered.map(
    (dimension, at) => `${dimensionSql(catalog, dimension)} as ${names[at]}`,
  )
  const alias = measureAlias(measure, catalog.dialect)
  const position = `row_number() over (partition by ${dimensionSql(catalog, within)} order by ${total} ${direction}) as position`
  const inner = selectSql({
    ...grouped,
    items: [...shown, `${total} as ${alias}`, position],
    orderBy: [],
    limit: undefined,
  })
  const columns = [...names, alias].map((name, at) => {
    const column = ordered[at]?.column.column
    return column ? `ranked.${name} as ${column}` : `ranked.${name}`
  })
  return `select ${columns.join(', ')} from (${inner}) as ranked where ranked.position <= ${entities.limit ?? 1} order by ranked.${names[0]}, ranked.position`
}
