/** The tools that look things up: the schema, what SQL does, what is known about words. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { maxSqlLength } from '../../data/guard/guard-sql.js'
import { describeTables, schemaShape } from './described-schema.js'
import type { McpDoor } from './mcp-door.js'
import { datasetInput } from './tool-inputs.js'
import { callOf, failedResult, jsonResult, toolResult } from './tool-result.js'

const maxNameLength = 500
const maxNames = 20
const maxSearchLength = 2_000
const maxFound = 20

const text = z.string()
const looksUp = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const

export function addDataTools(server: McpServer, door: McpDoor): void {
  addDescribeSchema(server, door)
  addExplainSql(server, door)
  addSearchKnowledge(server, door)
}

function addDescribeSchema(server: McpServer, door: McpDoor): void {
  server.registerTool(
    'describe_schema',
    {
      title: 'Describe the schema',
      description:
        'Lists the tables of a dataset with their columns, row counts and how they join, and the names of all datasets. ' +
        'Name tables to learn what is stored in their columns: values, least and greatest. Call it before you write SQL of your own.',
      inputSchema: {
        ...datasetInput,
        tables: z
          .array(z.string().max(maxNameLength))
          .min(1)
          .max(maxNames)
          .optional()
          .describe('Only these, with the values of their columns.'),
      },
      outputSchema: schemaShape,
      annotations: looksUp,
    },
    ({ dataset, tables: names }, request) =>
      toolResult(door, async () => {
        const orchestrator = await door.open(dataset, callOf(request))
        const catalog = await orchestrator.catalog()
        const { unknown, ...described } = describeTables(catalog, names)
        if (unknown.length > 0) return failedResult(noTables(unknown))
        const known = door.datasets()
        return jsonResult({
          dataset: dataset ?? known.find(({ isDefault }) => isDefault)?.name ?? '',
          datasets: known.map(({ name, title }) => ({ name, title })),
          dialect: catalog.dialect,
          ...described,
        })
      }),
  )
}

function noTables(names: readonly string[]) {
  const message = `There is no table called ${names.join(', ')}.`
  const hints = ['Call describe_schema without tables for their names.']
  return { code: 'not_found', message, hints }
}

function addExplainSql(server: McpServer, door: McpDoor): void {
  server.registerTool(
    'explain_sql',
    {
      title: 'Explain SQL',
      description:
        'Says in plain words what one SELECT does, and whether it may run: it is checked against the schema and the rules for read-only SQL, and not run. Use it before run_sql, or to explain a query to a person.',
      inputSchema: {
        sql: z.string().min(1).max(maxSqlLength).describe("One SELECT in the dataset's dialect."),
        ...datasetInput,
      },
      outputSchema: {
        ok: z.boolean().describe('Whether it may run.'),
        explanation: z.array(text).describe('One sentence for each step.'),
        error: z.object({ code: text, message: text, hints: z.array(text) }).optional(),
      },
      annotations: looksUp,
    },
    ({ sql, dataset }, request) =>
      toolResult(door, async () => {
        const call = callOf(request)
        const orchestrator = await door.open(dataset, call)
        const explained = await orchestrator.explainSql(sql, call.signal)
        if (explained.ok) return jsonResult({ ok: true, explanation: explained.explanation })
        const { code, message, hints } = explained.failure
        return jsonResult({ ok: false, explanation: [], error: { code, message, hints } })
      }),
  )
}

function addSearchKnowledge(server: McpServer, door: McpDoor): void {
  server.registerTool(
    'search_knowledge',
    {
      title: 'Search what is known of the data',
      description:
        'Finds what is known about the words of a text: tables and columns, stored values, notes that people wrote, SQL patterns. Use it to find the right tables in a large schema, or what a term of the business means.',
      inputSchema: {
        query: z.string().min(1).max(maxSearchLength).describe('Words to find it by.'),
        limit: z.number().int().min(1).max(maxFound).default(10),
        ...datasetInput,
      },
      outputSchema: {
        documents: z.array(
          z.object({
            kind: text,
            text,
            tables: z.array(text),
            sql: text.optional(),
            score: z.number().describe('Larger is better.'),
          }),
        ),
      },
      annotations: looksUp,
    },
    ({ query, limit, dataset }, request) =>
      toolResult(door, async () => {
        const call = callOf(request)
        const orchestrator = await door.open(dataset, call)
        const found = await orchestrator.search(query.toWellFormed(), limit, call.signal)
        const documents = found.map(({ kind, text: words, tables, sql, score }) => ({
          kind,
          text: words,
          tables,
          ...(sql !== undefined && { sql }),
          score,
        }))
        return jsonResult({ documents })
      }),
  )
}
