/** "sales since 2022 and the number of customers": of a time, those are counted who took part in what happened then. */
import { type Catalog, findTable } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Entities, Measure } from '../../entities/entities.js'
import { hasNames, keyColumn } from '../../entities/schema/schema-terms.js'
import { nearestDate } from '../../entities/settle/resolve-time.js'

export function countInEvents(entities: Entities, catalog: Catalog): Entities {
  const { measures, periods, relation } = entities
  if (periods.length === 0 || measures.length < 2 || relation !== undefined) return entities
  const counted = measures.map((measure) => {
    const events = measures.find(
      ({ table, column }) =>
        column !== undefined &&
        table !== measure.table &&
        parentsOf(catalog, table).has(measure.table),
    )
    return events ? takingPart(measure, events, catalog) : measure
  })
  const [first] = counted
  if (!first || counted.every((measure, at) => measure === measures[at])) return entities
  return {
    ...entities,
    measures: counted,
    base: first.table,
    timeColumn: nearestDate(catalog, first.table),
  }
}

function takingPart(measure: Measure, events: Measure, catalog: Catalog): Measure {
  const table = findTable(catalog, measure.table)
  const key = table && keyColumn(table)
  if (measure.aggregate !== 'count' || measure.column || !table || !key || !hasNames(table))
    return measure
  return {
    ...measure,
    table: events.table,
    column: { table: table.name, column: key.name },
    distinct: true,
  }
}
