/** `parley serve` where the settings keep no results. */
import { afterAll, expect, it } from 'vitest'
import { serve } from '../../src/commands/serve.js'
import { recordingContext } from '../support/recording-context.js'
import { useShop } from '../support/use-shop.js'

const shop = useShop()
const stopping = new AbortController()
let ended: Promise<number> | undefined
afterAll(async () => {
  stopping.abort()
  await ended
})

it('starts, answers the same SQL each time, and has no figures of results', async () => {
  const variables = { PARLEY_HOME: shop.home.path, PARLEY_RESULTS: '0' }
  const off = { PARLEY_OLLAMA_URL: 'off', PARLEY_LMSTUDIO_URL: 'off' }
  const context = recordingContext({ ...variables, ...off }, stopping.signal)
  ended = serve({ source: shop.source, port: '0', json: true }, context)
  await expect.poll(() => context.printed.length).toBe(1)
  const { url } = JSON.parse(context.printed[0] ?? '{}')
  const run = async () => {
    const body = JSON.stringify({ sql: 'SELECT count(*) AS n FROM sales' })
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${url}/api/v1/run_sql`, { method: 'POST', headers, body })
    return response.text()
  }
  for (const _ of [1, 2]) expect(JSON.parse(await run())).toMatchObject({ ok: true })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('parley_')
  expect(metrics).not.toContain('parley_kept_results')
  stopping.abort()
  expect(await ended).toBe(0)
})
