/** The OpenAPI document, written from the routes and their zod schemas: https://spec.openapis.org/oas/v3.1.1 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../../models/package-root.js'
import { type ErrorCode, errorStatus } from './error-codes.js'
import { errorSchema } from './information-schemas.js'
import type { Route } from './route.js'

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>
    readonly securitySchemes: Readonly<Record<string, unknown>>
  }
}

export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: packageVersion(),
      description: 'Ask a database in plain words.',
    },
    paths,
    components: {
      schemas: componentSchemas(routes),
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operation({
  path,
  summary,
  scope = 'admin',
  body,
  query = {},
  success,
  errors = [],
}: Route) {
  const schema = { type: 'string' }
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema,
    })),
    ...Object.entries(query).map(([name, description]) => ({
      name,
      in: 'query',
      description,
      schema,
    })),
  ]
  const needsKey = scope !== 'open'
  return {
    summary,
    ...(needsKey && { security: [{ key: [] }, {}], 'x-scope': scope }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: jsonContent(body) } }),
    responses: {
      [success.status]: { description: success.description, content: successContent(success) },
      ...errorResponses([
        ...errors,
        ...(needsKey ? keyErrors : []),
        'host_not_allowed',
        'internal',
      ]),
    },
  }
}

const keyErrors = ['unauthorized', 'forbidden', 'rate_limited'] as const

function successContent({ schema, events }: Route['success']) {
  return {
    ...(schema && jsonContent(schema)),
    ...(events && { 'text/event-stream': { schema: { type: 'string' } } }),
  }
}

function errorResponses(codes: readonly ErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))]
  return Object.fromEntries(
    statuses.map((status) => {
      const description = codes.filter((code) => errorStatus[code] === status).join(' or ')
      return [status, { description, content: jsonContent(errorSchema) }]
    }),
  )
}

function jsonContent(schema: z.ZodType) {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${nameOf(schema)}` } } }
}

function componentSchemas(routes: readonly Route[]) {
  const schemas = [errorSchema, ...routes.flatMap(({ body, success }) => [body, success.schema])]
  const named = schemas.filter((schema) => schema !== undefined)
  return Object.fromEntries(named.map((schema) => [nameOf(schema), withoutFrame(schema)]))
}

/** Types that JSON Schema cannot say stay open; zod's own `$schema` and `$defs` frame is left out. */
function withoutFrame(schema: z.ZodType): unknown {
  const name = nameOf(schema)
  const written = z.toJSONSchema(schema, { unrepresentable: 'any' })
  const { id: _id, ...definition } = { ...written.$defs?.[name] }
  return definition
}

/** Every schema that a route names carries an id; one that does not is a mistake of ours. */
function nameOf(schema: z.ZodType): string {
  const name = schema.meta()?.id
  if (!name) throw new Error('A schema on a route has no id.')
  return name
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return String(version)
}
