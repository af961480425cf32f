/** Settings from the environment, checked once. The only file that reads `process.env`. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { usualGenerators, type WritingGenerator } from '../agents/generator-name.js'
import type { Levers } from '../agents/generators/local/levers.js'
import type { CompareSettings } from './generators/comparison.js'
import type { Allowance } from './generators/day-meter.js'
import { type LocalServerName, usualAddresses } from './generators/local-servers.js'
import { refuseTracing } from './refuse-tracing.js'
import { defaultServiceLimits, type ServiceLimits } from './service-limits.js'
import {
  compared,
  count,
  list,
  modelServers,
  price,
  seconds,
  serverAddress,
} from './setting-shapes.js'
import { settings } from './settings.js'

const environment = z.object({
  PARLEY_HOME: z.string().min(1).default(join(homedir(), '.parley')),
  PARLEY_STORE: z
    .string()
    .regex(/^postgres(ql)?:\/\//i, 'postgres://user:password@host/database')
    .optional(),
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
  PARLEY_RESULTS: z.coerce.number().int().min(0).max(1_000_000).default(64),
  PARLEY_MODEL: z.string().min(1).optional(),
  PARLEY_ADAPTER: z.string().min(1).optional(),
  PARLEY_GENERATOR: z.enum(usualGenerators).default('auto'),
  PARLEY_COMPARE: compared.optional(),
  PARLEY_REMOTE_DATA: z.enum(['schema-only', 'values']).default('schema-only'),
  PARLEY_OPENAI_URL: modelServers,
  PARLEY_OPENAI_MODEL: z.string().min(1).optional(),
  PARLEY_OPENAI_KEY: z.string().min(1).optional(),
  PARLEY_OPENAI_PRICES: list.pipe(z.array(price)),
  PARLEY_OPENAI_DAILY_MONEY: z.coerce.number().min(0).optional(),
  PARLEY_OPENAI_DAILY_TOKENS: z.coerce.number().int().min(0).optional(),
  PARLEY_OLLAMA_URL: serverAddress(usualAddresses.ollama),
  PARLEY_OLLAMA_MODEL: z.string().min(1).optional(),
  PARLEY_LMSTUDIO_URL: serverAddress(usualAddresses.lmstudio),
  PARLEY_LMSTUDIO_MODEL: z.string().min(1).optional(),
  PARLEY_AS_OF: z.iso.date().optional(),
  PARLEY_PYTHON: z.string().min(1).optional(),
  PARLEY_OFFLINE: z.enum(['0', '1']).default('0'),
  PARLEY_LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  PARLEY_AUDIT: z.enum(['full', 'redacted', 'off']).default('full'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  CHROMA_URL: z.url().optional(),
  NO_COLOR: z.string().optional(),
})

export interface Config {
  readonly home: string
  /** PostgreSQL that replicas share, in the place of the home's own files. */
  readonly store?: string
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
  /** Of results that a service keeps; 0 for none. */
  readonly resultBytes: number
  readonly modelPath?: string
  readonly adapter?: string
  readonly generator: WritingGenerator
  /** A second generator that is asked a share of the questions. */
  readonly compare?: CompareSettings
  /** Whether models on other machines may be told stored values. */
  readonly remoteData: 'schema-only' | 'values'
  /** Nothing is asked of it unless something that asks for it is chosen. */
  readonly openai?: {
    readonly baseUrl: string
    /** Further servers of the same model. */
    readonly others?: readonly string[]
    readonly model?: string
    readonly key?: string
    /** Of a day, for each generator. */
    readonly allowance?: Allowance
  }
  /** Programs that serve models on this machine; absent where they are switched off. */
  readonly servers?: Partial<
    Record<LocalServerName, { readonly address: string; readonly model?: string }>
  >
  readonly asOf?: string
  readonly python?: string
  readonly offline: boolean
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  readonly audit: 'full' | 'redacted' | 'off'
  /** Where traces go; unset, there are none. */
  readonly traces?: string
  readonly chromaUrl?: string
  /** What is printed has no colours: https://no-color.org */
  readonly noColor: boolean
  /** Parts of the local model's work switched on or off, to measure what each brings. Not of the environment. */
  readonly levers?: Partial<Levers>
  /** False: where a model elsewhere cannot answer, nothing else does, to measure it alone. Not of the environment. */
  readonly fallBack?: boolean
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] }

export function readConfig(variables: NodeJS.ProcessEnv = process.env): ConfigOutcome {
  refuseTracing(variables)
  const known = Object.keys(settings).map((name) => [name, variables[name] || undefined])
  const parsed = environment.safeParse(Object.fromEntries(known))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${String(issue.path[0])}: ${issue.message}`,
    )
    return { ok: false, problems }
  }
  const found = parsed.data
  return {
    ok: true,
    config: {
      home: found.PARLEY_HOME,
      store: found.PARLEY_STORE,
      source: found.PARLEY_SOURCE,
      allowWriter: found.PARLEY_ALLOW_WRITER === '1',
      host: found.PARLEY_HOST,
      port: found.PARLEY_PORT,
      keys: found.PARLEY_KEYS,
      policies: found.PARLEY_POLICIES,
      allowedHosts: found.PARLEY_ALLOWED_HOSTS,
      allowedOrigins: found.PARLEY_ALLOWED_ORIGINS,
      limits: limitsOf(found),
      resultBytes: found.PARLEY_RESULTS * 1e6,
      modelPath: found.PARLEY_MODEL,
      adapter: found.PARLEY_ADAPTER,
      generator: found.PARLEY_GENERATOR,
      compare: found.PARLEY_COMPARE,
      remoteData: found.PARLEY_REMOTE_DATA,
      openai: openAiOf(found),
      servers: {
        ollama: serverOf(found.PARLEY_OLLAMA_URL, found.PARLEY_OLLAMA_MODEL),
        lmstudio: serverOf(found.PARLEY_LMSTUDIO_URL, found.PARLEY_LMSTUDIO_MODEL),
      },
      asOf: found.PARLEY_AS_OF,
      python: found.PARLEY_PYTHON,
      offline: found.PARLEY_OFFLINE === '1',
      logLevel: found.PARLEY_LOG_LEVEL,
      audit: found.PARLEY_AUDIT,
      traces: found.OTEL_EXPORTER_OTLP_ENDPOINT,
      chromaUrl: found.CHROMA_URL,
      noColor: found.NO_COLOR !== undefined,
    },
  }
}

function serverOf(address: string | undefined, model: string | undefined) {
  return address === undefined ? undefined : { address, model }
}

const openAiUrl = 'https://api.openai.com/v1'

function openAiOf(found: z.infer<typeof environment>): Config['openai'] {
  const key = found.PARLEY_OPENAI_KEY
  const [baseUrl = key === undefined ? undefined : openAiUrl, ...others] = found.PARLEY_OPENAI_URL
  if (baseUrl === undefined) return undefined
  const allowance = {
    prices: Object.fromEntries(found.PARLEY_OPENAI_PRICES),
    tokens: found.PARLEY_OPENAI_DAILY_TOKENS,
    money: found.PARLEY_OPENAI_DAILY_MONEY,
  }
  return {
    baseUrl,
    ...(others.length > 0 && { others }),
    model: found.PARLEY_OPENAI_MODEL,
    key,
    allowance,
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
