/** What /metrics tells, and what it never does. */
import { describe, expect, it } from 'vitest'
import { engineProcessEvents } from '../../../../data/engine-process/engine-process.js'
import { createMetrics } from '../../../../src/observe/metrics.js'
import { failedQuestion, watchedQuestion } from '../../../support/watched-question.js'

async function linesAfter(record: (metrics: ReturnType<typeof createMetrics>) => void) {
  const metrics = createMetrics()
  record(metrics)
  const text = await metrics.text()
  await metrics.close()
  return text.split('\n')
}

describe('metrics', () => {
  it('count questions by generator and outcome, with the times of their stages', async () => {
    const lines = await linesAfter((metrics) => {
      metrics.asked?.()
      metrics.answered(watchedQuestion())
    })
    expect(lines).toContain('parley_questions_total{generator="local",outcome="data"} 1')
    expect(lines).toContain('parley_questions_under_way 0')
    expect(lines).toContain('parley_stage_seconds_count{stage="generateSql"} 2')
    expect(lines).toContain('parley_stage_seconds_bucket{le="0.025",stage="executeSql"} 1')
    expect(lines).toContain('parley_question_seconds_sum{ok="true"} 0.25')
    expect(lines).toContain('parley_sql_tries_total{result="sql_invalid"} 1')
    expect(lines).toContain('parley_sql_tries_total{result="ok"} 1')
    expect(lines).toContain('parley_model_tokens_total 7')
    expect(lines).toContain('parley_approved_pair_lookups_total{result="miss"} 1')
  })

  it('count the processes that run queries, and how they end', async () => {
    const lines = await linesAfter(() => {
      for (const event of ['started', 'started', 'started', 'killed', 'closed']) {
        engineProcessEvents.publish(event)
      }
    })
    expect(lines).toContain('parley_query_processes 1')
    expect(lines).toContain('parley_query_process_ends_total{how="killed"} 1')
    expect(lines).toContain('parley_query_process_ends_total{how="closed"} 1')
  })

  it('count refusals by code, at the door and of questions', async () => {
    const lines = await linesAfter((metrics) => {
      metrics.answered(failedQuestion('unsafe_request'))
      metrics.answered(watchedQuestion({ answer: undefined }))
      metrics.served({
        method: 'POST',
        route: '/api/v1/chat',
        status: 401,
        seconds: 0.01,
        code: 'unauthorized',
      })
    })
    expect(lines).toContain('parley_refusals_total{at="question",code="unsafe_request"} 1')
    expect(lines).toContain('parley_refusals_total{at="question",code="internal"} 1')
    expect(lines).toContain('parley_refusals_total{at="door",code="unauthorized"} 1')
    expect(lines).toContain(
      'parley_http_requests_total{method="POST",route="/api/v1/chat",status="401"} 1',
    )
  })

  it('know the process, and figures of other parts when they are asked', async () => {
    let waiting = 1
    const metrics = createMetrics()
    metrics.watch({ name: 'parley_waiting', help: 'Waiting.', read: () => waiting })
    expect(await metrics.text()).toContain('\nparley_waiting 1\n')
    waiting = 5
    const text = await metrics.text()
    expect(text).toContain('\nparley_waiting 5\n')
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']) {
      expect(text).toContain(`\n${name} `)
    }
    await metrics.close()
  })

  it('hold no question, SQL, name or value', async () => {
    const lines = await linesAfter((metrics) => {
      metrics.answered(watchedQuestion())
      metrics.answered(failedQuestion('sql_refused'))
    })
    expect(lines.join('\n')).not.toMatch(/Ada|customers|SELECT|CELL/)
  })
})
