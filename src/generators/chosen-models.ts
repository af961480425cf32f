/** Which model of a server somebody chose: kept in a file under the home, over restarts. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface ChosenModels {
  of(generator: string): string | undefined
  /** On disk when it returns; throws where that cannot be written. */
  choose(generator: string, model: string): void
}

const file = z.record(z.string(), z.string())

export function openChosenModels(folder: string): ChosenModels {
  const path = join(folder, 'models.json')
  let chosen = read(path)
  return {
    of: (generator) => chosen[generator],
    choose: (generator, model) => {
      const next = { ...read(path), [generator]: model }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(`${path}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${path}.new`, path)
      chosen = next
    },
  }
}

function read(path: string): Readonly<Record<string, string>> {
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
