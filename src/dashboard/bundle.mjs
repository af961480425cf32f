/** Bundles the page and the component into dist/dashboard, or into the folder that is given. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const sources = dirname(fileURLToPath(import.meta.url))
const usualFolder = join(sources, '../../dist/dashboard')
const copied = ['index.html', 'style.css', 'icon.svg']

/** The component is one file for pages elsewhere; the page loads further chunks when it needs them. */
const bundles = [
  { entry: 'parley-chat.ts', codeSplitting: false },
  { entry: 'page.ts', codeSplitting: true },
]

export async function bundle(folder = usualFolder) {
  const scripts = await Promise.all(bundles.map(scriptsOf))
  const files = new Map([...scripts.flat(), ...(await Promise.all(copied.map(copyOf)))])
  for (const [name, content] of files) await place(join(folder, name), content)
  await sweep(folder, files)
}

async function scriptsOf({ entry, codeSplitting }) {
  const build = await rolldown({
    input: join(sources, entry),
    platform: 'browser',
    moduleTypes: { '.css': 'text' },
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    onLog(_level, log) {
      throw new Error(log.message)
    },
  })
  const { output } = await build.generate({
    format: 'esm',
    codeSplitting,
    minify: true,
    comments: { legal: true, jsdoc: false, annotation: false },
    chunkFileNames: 'chunks/[name]-[hash].js',
  })
  await build.close()
  return output.map(({ fileName, code }) => [fileName, code])
}

async function copyOf(name) {
  return [name, await readFile(join(sources, name), 'utf8')]
}

/** A service that runs meanwhile never serves half a file. */
async function place(path, content) {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === content) return
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, content)
  await rename(draft, path)
}

/** Chunks of earlier builds. */
async function sweep(folder, files) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const stale = path.endsWith('.js') && !files.has(relative(folder, path))
    if (entry.isFile() && stale) await rm(path, { force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(process.argv[2])
