/** Every route that the set-up of a dataset and the writing of a question need. */
import type { Datasets } from '../../datasets.js'
import type { Route } from '../route.js'
import { completeRoute } from './complete-route.js'
import { datasetRoutes } from './dataset-routes.js'
import { descriptionRoutes } from './description-routes.js'
import { documentRoutes } from './document-routes.js'
import { generatorRoute } from './generator-route.js'
import { knowledgeFileRoutes } from './knowledge-file-routes.js'
import { samplesRoute } from './samples-route.js'
import { termRoutes } from './term-routes.js'

export function setUpRoutes(datasets: Datasets): readonly Route[] {
  return [
    ...datasetRoutes(datasets),
    completeRoute(datasets),
    generatorRoute(datasets),
    samplesRoute(datasets),
    ...descriptionRoutes(datasets),
    ...documentRoutes(datasets),
    ...termRoutes(datasets),
    ...knowledgeFileRoutes(datasets),
  ]
}
