/** Settings from the environment, checked once. The only file that reads `process.env`. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Levers } from '../agents/generators/local/levers.js'

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
  CHROMA_URL: 'An existing Chroma server; unset, Parley starts its own on loopback.',
} as const

const environment = z.object({
  PARLEY_HOME: z.string().min(1).default(join(homedir(), '.parley')),
  PARLEY_SOURCE: z.string().min(1).optional(),
  PARLEY_ALLOW_WRITER: z.enum(['0', '1']).default('0'),
  PARLEY_HOST: z.string().min(1).default('127.0.0.1'),
  PARLEY_PORT: z.coerce.number().int().min(0).max(65_535).default(4180),
  PARLEY_KEYS: z.enum(['auto', 'always', 'never']).default('auto'),
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
  readonly modelPath?: string
  readonly adapter?: string
  readonly generator: 'auto' | 'rules' | 'local'
  /** Nothing is asked of it unless something that asks for it is chosen. */
  readonly openai?: { readonly baseUrl: string; readonly model?: string; readonly key?: string }
  readonly asOf?: string
  readonly python?: string
  readonly offline: boolean
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
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
      chromaUrl: found.CHROMA_URL,
    },
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
