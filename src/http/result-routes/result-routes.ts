/** Every route that runs SQL which is there already: a client's, an answer's, a card's. */
import type { Route } from '../route.js'
import { cardRunRoute } from './card-run-route.js'
import { chartRoute } from './chart-route.js'
import { exportRoute } from './export-route.js'
import type { Doors } from './run-kept.js'
import { runSqlRoute } from './run-sql-route.js'

export function resultRoutes(doors: Doors): readonly Route[] {
  return [runSqlRoute(doors), chartRoute(doors), exportRoute(doors), cardRunRoute(doors)]
}
