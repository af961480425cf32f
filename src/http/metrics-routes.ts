/** Figures for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
import type { Metrics } from '../observe/metrics.js'
import type { Route } from './route.js'

export function metricsRoutes(metrics: Pick<Metrics, 'contentType' | 'text'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/metrics',
      summary: 'Figures of the service, in the text format of Prometheus',
      scope: 'ask',
      handlers: [
        async (_request, response) => {
          response.set('Content-Type', metrics.contentType)
          response.set('Cache-Control', 'no-store')
          response.send(await metrics.text())
        },
      ],
      success: { status: 200, description: 'One figure a line.' },
    },
  ]
}
