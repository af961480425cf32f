/** Programs that serve models on one's own machine: where each listens, and how it lists what it has. */
import { z } from 'zod'

export type LocalServerName = 'ollama' | 'lmstudio'

export interface LocalServer {
  readonly name: LocalServerName
  readonly title: string
  /** Below the server's address. */
  readonly listPath: string
  /** Names of models that write text, of what stands at that path; throws for anything else. */
  readonly readList: (body: unknown) => readonly string[]
}

export const usualAddresses: Readonly<Record<LocalServerName, string>> = {
  ollama: 'http://127.0.0.1:11434',
  lmstudio: 'http://127.0.0.1:1234',
}

/** https://docs.ollama.com/api/tags */
const ollamaTags = z.object({ models: z.array(z.object({ name: z.string().min(1) })) })
/** https://lmstudio.ai/docs/developer/openai-compat/models */
const openAiModels = z.object({ data: z.array(z.object({ id: z.string().min(1) })) })

export const localServers: readonly LocalServer[] = [
  {
    name: 'ollama',
    title: 'Ollama',
    listPath: '/api/tags',
    readList: (body) =>
      ollamaTags
        .parse(body)
        .models.map(({ name }) => name)
        .filter(writesText),
  },
  {
    name: 'lmstudio',
    title: 'LM Studio',
    listPath: '/v1/models',
    readList: (body) =>
      openAiModels
        .parse(body)
        .data.map(({ id }) => id)
        .filter(writesText),
  },
]

function writesText(model: string): boolean {
  return !/embed|bert|rerank|whisper/i.test(model)
}

/** Ollama hands these on to its makers' machines. */
export function runsElsewhere(model: string): boolean {
  return /[:-]cloud$/i.test(model)
}

/** The first that is made for code or SQL, else the first; none that runs elsewhere is taken unasked. */
export function usualModel(models: readonly string[]): string | undefined {
  const here = models.filter((model) => !runsElsewhere(model))
  return here.find((model) => /sql|code/i.test(model)) ?? here[0]
}

export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address)
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname)
}
