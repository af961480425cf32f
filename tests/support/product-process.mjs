/**
 * The product in a process of its own: asks what its parent sends and answers it; can be killed. Its parameters are the
 * folder of the compiled product and the options.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , folder, options] = process.argv
const { createOrchestrator } = await import(pathToFileURL(join(folder, 'src/index.js')))
process.send({ starting: true })
const orchestrator = await createOrchestrator({
  offline: true,
  logLevel: 'error',
  ...JSON.parse(options),
})

const requests = {
  ask: ({ question, options }) => orchestrator.process(question, options),
  health: () => orchestrator.health(),
  /** Ids of every turn that is kept, by conversation. */
  kept: async () => {
    const notebook = orchestrator.notebook()
    const conversations = await notebook.conversations({ limit: 1_000 })
    const turns = await Promise.all(conversations.map(({ id }) => notebook.turns(id)))
    return turns.flat().map(({ id }) => id)
  },
  /** Asks without end, and tells each answer's id as soon as it is given. */
  askOn: async ({ questions, conversationId }) => {
    for (let at = 0; ; at += 1) {
      const answer = await orchestrator.process(questions[at % questions.length], {
        conversationId: `${conversationId}-${at % 3}`,
      })
      process.send({ told: answer.id, warnings: answer.warnings })
    }
  },
  close: async () => {
    await orchestrator.close()
    process.disconnect()
  },
}

process.on('disconnect', () => process.exit())
process.on('message', async ({ id, kind, ...request }) => {
  try {
    process.send({ id, reply: await requests[kind](request) })
  } catch (error) {
    if (process.connected) process.send({ id, failure: String(error?.stack ?? error) })
  }
})
process.send({ ready: true })
