/** Tells where the service is, and, once they are there, of its parts. */
import type { Keys } from '../http/authenticate.js'
import type { Models } from '../open-models.js'
import type { PolicyFile } from '../row-policies.js'
import type { Services } from '../services.js'
import { localUser } from '../user-names.js'
import type { CommandContext } from './command-context.js'
import type { OpenedDatasets } from './open-datasets.js'
import type { Serving } from './serve.js'

export function announce(
  url: string,
  { options, keys, context }: Serving,
  { services, policyFile }: OpenedDatasets,
  models: Models,
): void {
  const { terminal } = context
  terminal.settle()
  terminal.print(
    options.json
      ? JSON.stringify({ url })
      : `Parley answers questions about ${services.source.label} at ${url}`,
  )
  if (policyFile) terminal.say(announcePolicies(policyFile, keys))
  announceParts(services, models, context)
}

function announcePolicies({ name, policies }: PolicyFile, { required }: Keys): string {
  const counted = `Each user sees the rows that ${name} gives them (${policies.size} named).`
  return required ? counted : `${counted} Whoever sends no key is ${localUser}.`
}

/** Says when the models are there, or why not; questions work before. */
function announceParts(
  { knowledgeReady, modelReady, knowledge }: Services,
  { model }: Models,
  { terminal, signal }: CommandContext,
): void {
  const say = (text: string) => {
    if (!signal.aborted) terminal.say(text)
  }
  void knowledgeReady.then(() => {
    const { index, documents, notices } = knowledge.status()
    say([`Index: ${index}, ${documents} documents.`, ...notices].join(' '))
  })
  void modelReady.then(() => say(`Local model: ${model.note()}`))
}
