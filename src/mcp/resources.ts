/** Tables and answers as resources: what a table holds as JSON, the whole result of an answer as CSV. */
import { readFile } from 'node:fs/promises'
import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js'
import {
  ErrorCode,
  type ListResourcesResult,
  McpError,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js'
import { findTable } from '../../data/catalog.js'
import type { KeptResults } from '../kept/kept-results.js'
import type { Orchestrator } from '../orchestrator.js'
import { describeTable } from './described-schema.js'
import type { McpCall, McpDoor } from './mcp-door.js'
import { callOf, type McpRequest } from './tool-result.js'

/** More is a file, which the HTTP route for exports gives. */
const maxResultBytes = 1_000_000
const maxListedTables = 500
const maxListedAnswers = 20
const maxConversations = 10

export function addResources(server: McpServer, door: McpDoor): void {
  server.registerResource(
    'table',
    new ResourceTemplate('parley://{dataset}/tables/{table}', {
      list: (request) => listed(door, request, listTables),
    }),
    {
      title: 'Tables',
      description: 'Columns, keys and stored values of a table.',
      mimeType: 'application/json',
    },
    (uri, { dataset, table }, request) =>
      reading(door, request, String(dataset), (orchestrator) =>
        readTable(orchestrator, uri, decoded(table)),
      ),
  )
  server.registerResource(
    'answer',
    new ResourceTemplate('parley://{dataset}/answers/{answer}', {
      list: (request) => listed(door, request, listAnswers),
    }),
    {
      title: 'Answers',
      description: 'The whole result of an answer of yours, by its SQL, which runs again.',
      mimeType: 'text/csv',
    },
    (uri, { dataset, answer }, request) =>
      reading(door, request, String(dataset), (orchestrator, call) =>
        readAnswer(door, orchestrator, call, uri, decoded(answer)),
      ),
  )
}

type List = (
  orchestrator: Orchestrator,
  dataset: string,
  call: McpCall,
) => Promise<ListResourcesResult['resources']>

/** Of the usual dataset; those of the others are read by their names. */
async function listed(
  door: McpDoor,
  request: McpRequest,
  list: List,
): Promise<ListResourcesResult> {
  const call = callOf(request)
  const dataset = door.datasets().find(({ isDefault }) => isDefault)?.name ?? ''
  return telling(door, async () => ({
    resources: await list(await door.open(undefined, call), encodeURIComponent(dataset), call),
  }))
}

const listTables: List = async (orchestrator, dataset) => {
  const { tables } = await orchestrator.catalog()
  return tables.slice(0, maxListedTables).map(({ name, comment, rowCount }) => ({
    uri: `parley://${dataset}/tables/${encodeURIComponent(name)}`,
    name,
    description: comment ?? `${rowCount.toLocaleString('en')} rows`,
    mimeType: 'application/json',
  }))
}

const listAnswers: List = async (orchestrator, dataset, { user }) => {
  const notebook = orchestrator.notebook(user)
  const recent = await notebook.conversations({ limit: maxConversations })
  const turns = (await Promise.all(recent.map(({ id }) => notebook.turns(id)))).flat()
  return turns
    .filter(({ answer }) => answer.ok && answer.sql !== undefined)
    .toSorted((one, other) => other.askedAt.localeCompare(one.askedAt))
    .slice(0, maxListedAnswers)
    .map(({ id, question, answer }) => ({
      uri: `parley://${dataset}/answers/${id}`,
      name: question,
      description: answer.text,
      mimeType: 'text/csv',
    }))
}

async function readTable(
  orchestrator: Orchestrator,
  uri: URL,
  name: string,
): Promise<ReadResourceResult> {
  const table = findTable(await orchestrator.catalog(), name)
  if (!table) throw notFound('There is no table of that name.')
  const text = JSON.stringify(describeTable(table, true), undefined, 1)
  return { contents: [{ uri: uri.href, mimeType: 'application/json', text }] }
}

async function readAnswer(
  door: McpDoor,
  orchestrator: Orchestrator,
  call: McpCall,
  uri: URL,
  id: string,
): Promise<ReadResourceResult> {
  const text = await door.inPlace(call, (signal) =>
    csvOf(orchestrator.results(call.user), id, signal),
  )
  return { contents: [{ uri: uri.href, mimeType: 'text/csv', text }] }
}

async function csvOf(results: KeptResults, id: string, signal: AbortSignal): Promise<string> {
  const exported = await results.export(id, 'csv', signal)
  if (!exported.ok) throw notFound(exported.failure.message)
  const { file } = exported
  try {
    if (file.bytes > maxResultBytes) {
      throw notFound(
        `The result has ${file.bytes} bytes, and a resource has at most ${maxResultBytes}. Ask for less, or fetch /api/v1/export/${id}.csv.`,
      )
    }
    return await readFile(file.path, 'utf8')
  } finally {
    await file.remove()
  }
}

function reading(
  door: McpDoor,
  request: McpRequest,
  dataset: string,
  read: (orchestrator: Orchestrator, call: McpCall) => Promise<ReadResourceResult>,
): Promise<ReadResourceResult> {
  const call = callOf(request)
  return telling(door, async () => read(await door.open(decoded(dataset), call), call))
}

/** What went wrong is told as a door tells it, with nothing of the inside. */
async function telling<Result>(door: McpDoor, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof McpError) throw error
    const { message, hints } = door.tell(error)
    throw new McpError(ErrorCode.InvalidRequest, [message, ...hints].join(' '))
  }
}

/** The code that the protocol has for it. */
const resourceNotFound = -32002

function notFound(message: string): McpError {
  return new McpError(resourceNotFound, message)
}

function decoded(part: string | string[] | undefined): string {
  try {
    return decodeURIComponent(String(part))
  } catch {
    throw notFound('That is no address of a resource.')
  }
}
