/** The client library, told everything that it would else look up in the environment, and to tell nothing of this machine. */
import { OpenAI } from 'openai'

/** What the library would tell of this machine. */
const toldOfMachine = ['Lang', 'Package-Version', 'OS', 'Arch', 'Runtime', 'Runtime-Version']
const silence = Object.fromEntries(
  [...toldOfMachine, 'Retry-Count', 'Timeout'].map((name) => [`X-Stainless-${name}`, null]),
)
/** Each option stands here: what is left out, the library takes from the environment. */
export function openClient(baseURL: string, key: string | undefined, timeout: number): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: key ?? 'none',
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    timeout,
    // It waits as long as it is told to, and cannot be stopped while it does; see try-again.
    maxRetries: 0,
    // A redirect would take the prompt to a place that nobody chose.
    fetchOptions: { redirect: 'error' },
    defaultHeaders: { ...silence, 'User-Agent': 'parley', ...(key ? {} : { Authorization: null }) },
  })
}
