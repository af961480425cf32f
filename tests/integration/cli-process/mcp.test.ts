/** `parley mcp` as the official client starts it: its standard output is the protocol's alone. */
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { descendantsOf } from '../../support/product-process.js'
import {
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../../support/temporary-product.js'

let home: TemporaryHome
let client: Client
let transport: StdioClientTransport
let said = ''
const errors: Error[] = []

beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(shopFiles)
  transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(inject('product'), 'src/cli.js'), 'mcp', source],
    env: { PARLEY_HOME: home.path, PARLEY_OFFLINE: '1', PATH: process.env.PATH ?? '' },
    stderr: 'pipe',
  })
  transport.stderr?.on('data', (chunk) => {
    said += chunk
  })
  client = new Client({ name: 'test', version: '1' })
  // What is no message of the protocol ends up here.
  client.onerror = (error) => void errors.push(error)
  await client.connect(transport)
})
afterAll(async () => {
  await client.close()
  await home.remove()
})

it('answers by tools and resources, with progress', async () => {
  const steps: (string | undefined)[] = []
  const result = await client.callTool(
    { name: 'ask', arguments: { question: 'Total sales amount in 2023' } },
    undefined,
    { onprogress: ({ message }) => void steps.push(message) },
  )
  expect(result.structuredContent).toMatchObject({ ok: true, rows: [[shopSales(2023)]] })
  expect(steps.length).toBeGreaterThan(2)
  const table = await client.readResource({ uri: 'parley://own/tables/stores' })
  expect(JSON.stringify(table)).toContain('Ashford')
})

it('says where it is on standard error, and nothing but messages on standard output', () => {
  expect(said).toContain('by MCP')
  expect(errors).toEqual([])
})

it('ends with its client, and leaves no process behind', async () => {
  const { pid } = transport
  const children = descendantsOf(pid ?? 0)
  await client.close()
  for (const process of [pid ?? 0, ...children]) {
    await expect.poll(() => isRunning(process)).toBe(false)
  }
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
