/** The real application on a free loopback port, over the stand-in orchestrator. */
import { type AppOptions, createApp } from '../../src/http/create-app.js'
import { createLifecycle } from '../../src/http/lifecycle.js'
import { type RunningServer, serveApp } from '../../src/http/serve-app.js'
import type { Orchestrator } from '../../src/orchestrator.js'
import { type RecordingLogger, recordingLogger } from './recording-logger.js'
import { type StandInDatasets, standInDatasets } from './stand-in-datasets.js'
import {
  type StandInOptions,
  type StandInOrchestrator,
  standInOrchestrator,
} from './stand-in-orchestrator.js'

export interface ServedStandIn extends RunningServer {
  readonly orchestrator: StandInOrchestrator
  readonly datasets: StandInDatasets
  readonly logger: RecordingLogger
}

export async function serveStandIn(
  options: StandInOptions &
    Omit<AppOptions, 'logger' | 'lifecycle'> & {
      readonly drainMs?: number
      readonly demo?: string
      readonly opening?: () => Promise<void>
      /** What stands between the door and the stand-in. */
      readonly watch?: (orchestrator: Orchestrator) => Orchestrator
    } = {},
): Promise<ServedStandIn> {
  const orchestrator = standInOrchestrator(options)
  const logger = recordingLogger()
  const own = options.watch?.(orchestrator) ?? orchestrator
  const datasets = await standInDatasets(own, options)
  const lifecycle = createLifecycle()
  const app = createApp(datasets, { logger, lifecycle, ...options })
  const { drainMs } = options
  const server = await serveApp(app, { host: '127.0.0.1', port: 0, lifecycle, drainMs })
  return { ...server, orchestrator, datasets, logger }
}
