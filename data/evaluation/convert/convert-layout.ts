/** Turns a published benchmark into a questions file. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { readBird } from './bird-layout.js'
import type { Converted, LayoutInput } from './converted.js'
import { readNvBench } from './nvbench-layout.js'
import { readSpider } from './spider-layout.js'
import { readWikiSql } from './wikisql-layout.js'

export const layouts = {
  spider: readSpider,
  bird: readBird,
  wikisql: readWikiSql,
  nvbench: readNvBench,
} as const satisfies Readonly<Record<string, (input: LayoutInput) => Promise<Converted>>>

export type LayoutName = keyof typeof layouts

export function isLayout(name: string): name is LayoutName {
  return Object.hasOwn(layouts, name)
}

/** Writes `out`, whose questions name their databases from its own folder. */
export async function convertLayout(layout: LayoutName, input: LayoutInput): Promise<Converted> {
  const folder = dirname(resolve(input.out))
  const converted = await layouts[layout]({ ...input, folder: resolve(input.folder) })
  if (!converted.ok || converted.questions.length === 0) return converted
  const lines = converted.questions.map(({ source, ...question }) =>
    JSON.stringify({ ...question, source: relative(folder, resolve(source)) }),
  )
  await mkdir(folder, { recursive: true })
  await writeFile(input.out, `${lines.join('\n')}\n`)
  return converted
}
