/** `parley mcp`: the Model Context Protocol on standard input and output, for clients that start servers themselves. */
import { once } from 'node:events'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { demoNameOf } from '../../data/demo/demo-datasets.js'
import { ownDataset } from '../datasets.js'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator } from '../index.js'
import { createLogger } from '../logger.js'
import { createMcpServer } from '../mcp/create-mcp-server.js'
import { localMcpDoor } from '../mcp/local-mcp-door.js'
import type { CommandContext } from './command-context.js'

export interface McpOptions {
  readonly source?: string
}

/** Standard output is the protocol's alone: whatever is said goes to standard error. */
export async function mcp(options: McpOptions, context: CommandContext): Promise<number> {
  const { config, terminal, signal } = context
  const source = options.source ?? config.source
  const orchestrator = await createOrchestrator({
    ...config,
    source,
    // A client waits a minute at most for the first word; the index and the model arrive behind it.
    waitFor: 'data',
    onProgress: terminal.onProgress,
    onWeights: terminal.onWeights,
  })
  const { source: title } = await orchestrator.health()
  const dataset = { name: demoNameOf(source) ?? ownDataset, title }
  const server = createMcpServer(localMcpDoor(orchestrator, dataset, createLogger(config.logLevel)))
  try {
    const ended = once(process.stdin, 'end', { signal }).catch(() => undefined)
    await server.connect(new StdioServerTransport())
    terminal.say(`Answering questions about ${title} by MCP, on standard input and output.`)
    await ended
  } finally {
    await server.close()
    await orchestrator.close()
  }
  return exitCodes.answered
}
