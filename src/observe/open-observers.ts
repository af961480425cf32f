/** Opens what watches a service: metrics always, the audit log unless switched off, traces where a collector is set. */
import type { Logger } from 'pino'
import type { Config } from '../config.js'
import type { Orchestrator } from '../orchestrator.js'
import { version } from '../version.js'
import { type AuditLog, auditFolder, openAuditLog } from './audit-log.js'
import { createMetrics, type Metrics } from './metrics.js'
import type { Observer } from './observer.js'
import { createRequestContext, type RequestContext } from './request-context.js'
import { openTraces } from './traces.js'
import { watchOrchestrator } from './watch-orchestrator.js'

export interface Observers {
  readonly metrics: Metrics
  readonly audit?: AuditLog
  readonly context: RequestContext
  /** The same orchestrator, watched. */
  watch(orchestrator: Orchestrator, dataset: string): Orchestrator
  /** To be closed last: what ends while others close is still told. */
  close(): Promise<void>
}

export type ObserverSettings = Pick<Config, 'home' | 'audit' | 'traces' | 'logLevel'>

/** Rejects where the audit log's folder cannot be made. */
export async function openObservers(
  { home, audit: detail, traces: endpoint, logLevel }: ObserverSettings,
  logger: Pick<Logger, 'error'>,
): Promise<Observers> {
  const metrics = createMetrics()
  const context = createRequestContext()
  const onFailure = (error: Error) =>
    logger.error({ event: 'audit_failed', err: error }, 'The audit log cannot be written.')
  const folder = auditFolder(home)
  const audit = detail === 'off' ? undefined : await openAuditLog({ folder, detail, onFailure })
  const traces =
    endpoint &&
    (await openTraces({
      endpoint,
      version,
      tellsContents: logLevel === 'debug',
    }))
  const observers: Observer[] = [metrics, ...(audit ? [audit] : []), ...(traces ? [traces] : [])]
  return {
    metrics,
    audit,
    context,
    watch: (orchestrator, dataset) =>
      watchOrchestrator(orchestrator, { observers, dataset, askedBy: context.askedBy }),
    close: async () => {
      await Promise.all(observers.map((observer) => observer.close()))
    },
  }
}
