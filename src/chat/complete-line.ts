/** What the Tab key offers: commands after a backslash, else names and values of the data. */
import type { CompleterResult } from 'node:readline'
import type { Orchestrator } from '../orchestrator.js'
import { chatCommands } from './chat-commands.js'

const maxOffers = 12

export async function completeLine(
  orchestrator: Pick<Orchestrator, 'complete'>,
  line: string,
): Promise<CompleterResult> {
  if (line.startsWith('\\')) {
    const names = chatCommands.map(({ name }) => `\\${name}`)
    return [names.filter((name) => name.startsWith(line)), line]
  }
  const completions = await orchestrator.complete(line, maxOffers)
  const [first] = completions
  if (!first) return [[], line]
  const begun = line.slice(first.start)
  const continuing = completions.filter(({ start }) => start === first.start)
  return [continuing.map(({ text }) => text), begun]
}
