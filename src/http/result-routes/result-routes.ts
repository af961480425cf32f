/** Every route that runs SQL which is there already: a client's, an answer's, a card's. */
import type { Datasets } from '../../datasets.js'
import type { AnswerStreams } from '../answer-streams.js'
import type { Route } from '../route.js'
import { runSqlRoute } from './run-sql-route.js'

export function resultRoutes(datasets: Datasets, streams: AnswerStreams): readonly Route[] {
  return [runSqlRoute(datasets, streams)]
}
