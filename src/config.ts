/** Settings from the environment, checked once. The only file that reads `process.env`. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Levers } from '../agents/generators/local/levers.js'
import { defaultServiceLimits, type ServiceLimits } from './service-limits.js'

/** Each setting with what it does; the README's table is checked against this. */
export const settings = {
  PARLEY_HOME: 'Folder for weights, indexes, imports and conversations. Default: ~/.parley',
  PARLEY_SOURCE: 'What to ask about when no source is given on the command line.',
  PARLEY_ALLOW_WRITER:
    'Set to 1 to ask a database server as a role that may change data; queries stay read-only.',
  PARLEY_HOST: 'Address that serve listens on. Default: 127.0.0.1',
  PARLEY_PORT: 'Port that serve listens on. Default: 4180',
  PARLEY_KEYS:
    'Who needs an API key: auto (everybody, unless serve listens on loopback), always or never. Default: auto',
  PARLEY_POLICIES:
    'A file of row policies, YAML or JSON: which rows each user may see. Default: everybody may see all',
  PARLEY_ALLOWED_HOSTS:
    'Further host names, with commas between them, under which serve may be reached.',
  PARLEY_ALLOWED_ORIGINS:
    'Origins such as https://intranet.example, with commas between them, whose pages may call serve. Default: none',
  PARLEY_RATE_LIMIT:
    'Requests a second from one key or address, averaged over five seconds. Default: 50',
  PARLEY_MAX_CONNECTIONS: 'Connections to serve at once. Default: 2048',
  PARLEY_MAX_QUESTIONS:
    'Questions that serve works on at once, half of them for one key. Default: 32',
  PARLEY_MODEL_QUEUE:
    'Questions that may wait for the model, half of them for one key. Default: 16',
  PARLEY_MODEL_WAIT: 'Seconds that serve lets a question wait for the model. Default: 30',
  PARLEY_MODEL_TIME: 'Seconds that serve gives the model for one try. Default: 60',
  PARLEY_GATE_TIME: 'Seconds that serve gives the check of SQL. Default: 0.5',
  PARLEY_QUERY_TIME: 'Seconds that serve gives a query. Default: 5',
  PARLEY_REQUEST_TIME: 'Seconds that serve gives a question in all. Default: 120',
  PARLEY_UPLOAD: 'Megabytes that the files of one upload to serve may have. Default: 1000',
  PARLEY_MODEL: 'A GGUF file to use as the local model instead of the default one.',
  PARLEY_ADAPTER: 'Name of the LoRA adapter to use; "none" for the base model alone.',
  PARLEY_GENERATOR: 'Generator used unless a question names one: auto, rules or local.',
  PARLEY_OPENAI_URL:
    'A server that speaks the API of OpenAI, such as http://127.0.0.1:8080/v1, for what asks for one.',
  PARLEY_OPENAI_MODEL: 'The model to ask for there.',
  PARLEY_OPENAI_KEY: 'The key for that server, where it wants one.',
  PARLEY_AS_OF:
    'Date (YYYY-MM-DD) that "last month" counts from. Default: the newest date in the data.',
  PARLEY_PYTHON:
    'A Python with the packages of the training job, instead of one that Parley prepares.',
  PARLEY_OFFLINE: 'Set to 1 to fetch no weights.',
  PARLEY_LOG_LEVEL: 'error, warn, info or debug. Default: info',
  PARLEY_AUDIT:
    'What serve writes into its audit log: full, redacted (no questions, no values in SQL) or off. Default: full',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'A collector of OpenTelemetry, such as http://127.0.0.1:4318, that serve sends traces to. Default: none are sent',
  CHROMA_URL: 'An existing Chroma server; unset, Parley starts its own on loopback.',
} as const

/** A setting in seconds, as milliseconds. */
const seconds = (milliseconds: number) =>
  z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(milliseconds / 1000)
    .transform((count) => count * 1000)
const count = (usual: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(usual)
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))

const environment = z.object({
  PARLEY_HOME: z.string().min(1).default(join(homedir(), '.parley')),
  PARLEY_SOURCE: z.string().min(1).optional(),
  PARLEY_ALLOW_WRITER: z.enum(['0', '1']).default('0'),
  PARLEY_HOST: z.string().min(1).default('127.0.0.1'),
  PARLEY_PORT: z.coerce.number().int().min(0).max(65_535).default(4180),
  PARLEY_KEYS: z.enum(['auto', 'always', 'never']).default('auto'),
  PARLEY_POLICIES: z.string().min(1).optional(),
  PARLEY_ALLOWED_HOSTS: list.pipe(z.array(z.string().regex(/^[\w.:[\]-]+$/, 'name a host'))),
  PARLEY_ALLOWED_ORIGINS: list.pipe(
    z.array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'an origin is https://name')),
  ),
  PARLEY_RATE_LIMIT: z.coerce.number().positive().default(defaultServiceLimits.requestsPerSecond),
  PARLEY_MAX_CONNECTIONS: count(defaultServiceLimits.connections, 65_535),
  PARLEY_MAX_QUESTIONS: count(defaultServiceLimits.questions, 10_000),
  PARLEY_MODEL_QUEUE: count(defaultServiceLimits.queued, 10_000),
  PARLEY_MODEL_WAIT: seconds(defaultServiceLimits.waitMs),
  PARLEY_MODEL_TIME: seconds(defaultServiceLimits.modelMs),
  PARLEY_GATE_TIME: seconds(defaultServiceLimits.gateMs),
  PARLEY_QUERY_TIME: seconds(defaultServiceLimits.queryMs),
  PARLEY_REQUEST_TIME: seconds(defaultServiceLimits.requestMs),
  PARLEY_UPLOAD: count(defaultServiceLimits.uploadBytes / 1e6, 1_000_000),
  PARLEY_MODEL: z.string().min(1).optional(),
  PARLEY_ADAPTER: z.string().min(1).optional(),
  PARLEY_GENERATOR: z.enum(['auto', 'rules', 'local']).default('auto'),
  PARLEY_OPENAI_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/\/\/[^/]*@/.test(url), 'A key belongs into PARLEY_OPENAI_KEY.')
    .optional(),
  PARLEY_OPENAI_MODEL: z.string().min(1).optional(),
  PARLEY_OPENAI_KEY: z.string().min(1).optional(),
  PARLEY_AS_OF: z.iso.date().optional(),
  PARLEY_PYTHON: z.string().min(1).optional(),
  PARLEY_OFFLINE: z.enum(['0', '1']).default('0'),
  PARLEY_LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  PARLEY_AUDIT: z.enum(['full', 'redacted', 'off']).default('full'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  CHROMA_URL: z.url().optional(),
})

export interface Config {
  readonly home: string
  readonly source?: string
  /** Whether a server may be asked as a role that can change data. */
  readonly allowWriter: boolean
  readonly host: string
  readonly port: number
  readonly keys: 'auto' | 'always' | 'never'
  /** A file of row policies; without one everybody may see all. */
  readonly policies?: string
  readonly allowedHosts: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly limits: ServiceLimits
  readonly modelPath?: string
  readonly adapter?: string
  readonly generator: 'auto' | 'rules' | 'local'
  /** Nothing is asked of it unless something that asks for it is chosen. */
  readonly openai?: { readonly baseUrl: string; readonly model?: string; readonly key?: string }
  readonly asOf?: string
  readonly python?: string
  readonly offline: boolean
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  readonly audit: 'full' | 'redacted' | 'off'
  /** Where traces go; unset, there are none. */
  readonly traces?: string
  readonly chromaUrl?: string
  /** Parts of the local model's work switched on or off, to measure what each brings. Not of the environment. */
  readonly levers?: Partial<Levers>
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] }

export function readConfig(variables: NodeJS.ProcessEnv = process.env): ConfigOutcome {
  refuseTracing(variables)
  const known = Object.keys(settings).map((name) => [name, variables[name] || undefined])
  const parsed = environment.safeParse(Object.fromEntries(known))
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return { ok: false, problems }
  }
  const found = parsed.data
  return {
    ok: true,
    config: {
      home: found.PARLEY_HOME,
      source: found.PARLEY_SOURCE,
      allowWriter: found.PARLEY_ALLOW_WRITER === '1',
      host: found.PARLEY_HOST,
      port: found.PARLEY_PORT,
      keys: found.PARLEY_KEYS,
      policies: found.PARLEY_POLICIES,
      allowedHosts: found.PARLEY_ALLOWED_HOSTS,
      allowedOrigins: found.PARLEY_ALLOWED_ORIGINS,
      limits: limitsOf(found),
      modelPath: found.PARLEY_MODEL,
      adapter: found.PARLEY_ADAPTER,
      generator: found.PARLEY_GENERATOR,
      ...(found.PARLEY_OPENAI_URL !== undefined && {
        openai: {
          baseUrl: found.PARLEY_OPENAI_URL,
          model: found.PARLEY_OPENAI_MODEL,
          key: found.PARLEY_OPENAI_KEY,
        },
      }),
      asOf: found.PARLEY_AS_OF,
      python: found.PARLEY_PYTHON,
      offline: found.PARLEY_OFFLINE === '1',
      logLevel: found.PARLEY_LOG_LEVEL,
      audit: found.PARLEY_AUDIT,
      traces: found.OTEL_EXPORTER_OTLP_ENDPOINT,
      chromaUrl: found.CHROMA_URL,
    },
  }
}

function limitsOf(found: z.infer<typeof environment>): ServiceLimits {
  return {
    requestsPerSecond: found.PARLEY_RATE_LIMIT,
    connections: found.PARLEY_MAX_CONNECTIONS,
    questions: found.PARLEY_MAX_QUESTIONS,
    queued: found.PARLEY_MODEL_QUEUE,
    waitMs: found.PARLEY_MODEL_WAIT,
    modelMs: found.PARLEY_MODEL_TIME,
    gateMs: found.PARLEY_GATE_TIME,
    queryMs: found.PARLEY_QUERY_TIME,
    requestMs: found.PARLEY_REQUEST_TIME,
    uploadBytes: found.PARLEY_UPLOAD * 1e6,
  }
}

/** LangChain sends traces of every run to a remote service when these are set for some other program. */
function refuseTracing(variables: NodeJS.ProcessEnv): void {
  for (const name of [
    'LANGSMITH_TRACING',
    'LANGSMITH_TRACING_V2',
    'LANGCHAIN_TRACING',
    'LANGCHAIN_TRACING_V2',
  ]) {
    delete variables[name]
  }
}
