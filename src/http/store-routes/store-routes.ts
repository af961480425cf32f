/** Every route of what is kept for a caller. */
import type { Datasets } from '../../datasets.js'
import type { Route } from '../route.js'
import { cardRoutes } from './card-routes.js'
import { conversationRoutes } from './conversation-routes.js'
import { knowledgeRoutes } from './knowledge-routes.js'

export function storeRoutes(datasets: Datasets): readonly Route[] {
  return [...conversationRoutes(datasets), ...knowledgeRoutes(datasets), ...cardRoutes(datasets)]
}
