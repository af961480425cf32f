/** Which adapter was chosen for each base model, and which ones before; kept in one file under the home. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { bestAdapter } from '../../models/registry/model-registry.js'
import { prepareHome } from '../prepare-home.js'

/** Choices to go back to. */
const maxBefore = 20

const choiceSchema = z.object({ chosen: z.string(), before: z.array(z.string()).readonly() })
const fileSchema = z.object({
  version: z.literal(1),
  /** By the SHA-256 of the base model: an adapter of one is of no use to another. */
  bases: z.record(z.string(), choiceSchema),
})

export interface AdapterChoice {
  /** A name, `none` or `auto`. */
  readonly chosen: string
  /** Newest last. */
  readonly before: readonly string[]
}

const nothingChosen: AdapterChoice = { chosen: bestAdapter, before: [] }

/** A file that cannot be read counts as no choice; the next choice replaces it. */
export async function readAdapterChoice(home: string, base: string): Promise<AdapterChoice> {
  return (await readBases(home))[base] ?? nothingChosen
}

/** Rejects with the system's error where it cannot be kept; it is on disk when this resolves. */
export async function keepAdapterChoice(
  home: string,
  base: string,
  choice: AdapterChoice,
): Promise<void> {
  const bases = { ...(await readBases(home)), [base]: choice }
  await prepareHome(home)
  const path = pathOf(home)
  const text = JSON.stringify({ version: 1, bases }, null, 2)
  await writeFile(`${path}.part`, text, { flush: true })
  await rename(`${path}.part`, path)
}

export function chooseNext({ chosen, before }: AdapterChoice, next: string): AdapterChoice {
  if (chosen === next) return { chosen, before }
  return { chosen: next, before: [...before, chosen].slice(-maxBefore) }
}

/** Undefined where nothing was chosen before. */
export function chooseBefore({ before }: AdapterChoice): AdapterChoice | undefined {
  const last = before.at(-1)
  return last === undefined ? undefined : { chosen: last, before: before.slice(0, -1) }
}

function pathOf(home: string): string {
  return join(home, 'adapter-choice.json')
}

async function readBases(home: string): Promise<Readonly<Record<string, AdapterChoice>>> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(await readFile(pathOf(home), 'utf8')))
    return parsed.success ? parsed.data.bases : {}
  } catch {
    return {}
  }
}
