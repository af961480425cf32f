/** A Python that has sqlglot: the one that is configured, or a small environment of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandContext } from '../command-context.js'
import { prepareEnvironment, trainingFolder } from '../train/training-python.js'

/** Undefined when none could be prepared; what to do was said. */
export async function sqlglotPython(context: CommandContext): Promise<string | undefined> {
  const { python, home } = context.config
  if (python !== undefined) return python
  const packages = pinnedSqlglot()
  const folder = join(home, 'python', packages)
  return prepareEnvironment({ folder, packages, about: `${packages}, once` }, context)
}

/** As the training job pins it. */
export function pinnedSqlglot(): string {
  const project = readFileSync(join(trainingFolder, 'pyproject.toml'), 'utf8')
  const [pinned] = /sqlglot==[\d.]+/.exec(project) ?? []
  if (pinned === undefined) throw new Error('pyproject.toml does not pin sqlglot.')
  return pinned
}
