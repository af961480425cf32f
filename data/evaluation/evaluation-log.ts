/** The log of an evaluation: a line on how it was asked, then each verdict as it comes, so that nothing is lost. */
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
/** Everything that a verdict depends on; runs with equal settings can be joined. */
export type LogSettings = Readonly<Record<string, string | number | boolean | undefined>>

/** A verdict on a question; `unjudged` ones are tried again. */
export interface LoggedItem {
  readonly id: string
  readonly verdict: string
}

export interface EvaluationLog<Item extends LoggedItem> {
  readonly path: string
  /** Verdicts of an earlier run, by question. */
  readonly known: ReadonlyMap<string, Item>
  append(item: Item): Promise<void>
}

/** Begins anew and overwrites what `path` held. */
export async function startLog<Item extends LoggedItem>(
  path: string,
  settings: LogSettings,
): Promise<EvaluationLog<Item>> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify(settings)}\n`)
  return logAt(path, [])
}

/** Undefined when there is no log at `path`, or it was asked otherwise. */
export async function resumeLog<Item extends LoggedItem>(
  path: string,
  settings: LogSettings,
): Promise<EvaluationLog<Item> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [head = '', ...lines] = text.split('\n')
  if (head !== JSON.stringify(settings)) return undefined
  // What could not be judged is tried again: the source may be there now.
  const items = lines.flatMap(parseItem<Item>).filter(({ verdict }) => verdict !== 'unjudged')
  // The last line may be cut: what is whole is written again before more follows.
  await writeFile(path, [head, ...items.map((item) => JSON.stringify(item)), ''].join('\n'))
  return logAt(path, items)
}

/** The newest log of `folder` that was asked in the same way. */
export async function findLog<Item extends LoggedItem>(
  folder: string,
  settings: LogSettings,
): Promise<EvaluationLog<Item> | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl'))
  const paths = names.map((name) => join(folder, name))
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  const newest = paths
    .map((path, at) => ({ path, time: times[at] ?? 0 }))
    .sort((left, right) => right.time - left.time)
  for (const { path } of newest) {
    const log = await resumeLog<Item>(path, settings)
    if (log) return log
  }
  return undefined
}

function logAt<Item extends LoggedItem>(path: string, items: readonly Item[]): EvaluationLog<Item> {
  return {
    path,
    known: new Map(items.map((item) => [item.id, item])),
    append: (item) => appendFile(path, `${JSON.stringify(item)}\n`),
  }
}

function parseItem<Item>(line: string): readonly Item[] {
  try {
    return [JSON.parse(line) as Item]
  } catch {
    return []
  }
}
