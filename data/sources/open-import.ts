/** Keeps one up-to-date DuckDB copy of a user's file or folder of files. */
import { createHash } from 'node:crypto'
import { access, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isAbandoned } from '../duckdb/write-database-file.js'
import type { OnProgress } from '../progress.js'
import { fileFormat, IMPORTABLE } from './file-format.js'
import { ImportError, importFiles, NothingToImportError } from './import-files.js'
import { type Source, type SourceOutcome, sourceFailure } from './source.js'

/** Raise when the same files would be imported differently. */
const IMPORTER_VERSION = 1
const HASH_LENGTH = 16

/** Imports again only when a file was added, removed or changed since the last time. */
export async function openImport(
  path: string,
  home: string,
  onProgress?: OnProgress,
): Promise<SourceOutcome> {
  const files = await listFiles(path)
  if (files.length === 0) {
    const hint = `Put ${IMPORTABLE} files into it.`
    return sourceFailure('source_empty', `${basename(path)} holds no file to read.`, hint)
  }
  const target = await importPath(path, files, home)
  try {
    if (!(await exists(target))) {
      await importFiles(files, target, onProgress)
      await dropOlderCopies(target)
    }
    const label = files.length > 1 ? `${basename(path)} (${files.length} files)` : basename(path)
    const source: Source = { kind: 'import', path: target, origin: path, label }
    return { ok: true, source }
  } catch (error) {
    if (error instanceof ImportError && error.isDiskFull) return noRoom()
    if (error instanceof ImportError) {
      const hint = 'Open it in the program that wrote it and save it again, or take it away.'
      return sourceFailure(error.code, error.message, hint)
    }
    if (error instanceof NothingToImportError) {
      return sourceFailure(error.code, `${basename(path)} holds no data.`, 'Give a file with rows.')
    }
    throw error
  }
}

export function noRoom(): SourceOutcome {
  const hint = 'Make room, or point PARLEY_HOME at another disk.'
  return sourceFailure('disk_full', 'There is no room under PARLEY_HOME for the data.', hint)
}

/** The file itself, or a folder's readable files in the order of their names; hidden files are left out. */
async function listFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && !/^[.~]/.test(entry.name))
    .filter((entry) => fileFormat(entry.name) !== undefined)
    .map((entry) => join(path, entry.name))
    .sort()
}

/** First half of the name tells the source, second half its present content. */
async function importPath(path: string, files: readonly string[], home: string): Promise<string> {
  const marks = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file)
      return `${file}\n${size}\n${mtimeMs}`
    }),
  )
  const content = hash([`importer ${IMPORTER_VERSION}`, ...marks].join('\n'))
  return join(home, 'imports', `${hash(path)}-${content}.duckdb`)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH)
}

/** Older copies of the same source, and what imports left behind that were ended with their program. */
async function dropOlderCopies(target: string): Promise<void> {
  const source = basename(target).slice(0, HASH_LENGTH)
  const folder = dirname(target)
  const names = await readdir(folder)
  const older = names
    .filter((name) => name.startsWith(`${source}-`) && name !== basename(target))
    .filter((name) => name.endsWith('.duckdb') || isAbandoned(name))
  // Some systems refuse while an old copy is still open; it then goes next time.
  await Promise.allSettled(
    older.map((name) => rm(join(folder, name), { recursive: true, force: true })),
  )
}

/** What was kept of a file or folder that is there no more. */
export async function dropImports(path: string, home: string): Promise<void> {
  const folder = join(home, 'imports')
  const names = await readdir(folder).catch(() => [])
  const copies = names.filter((name) => name.startsWith(`${hash(path)}-`))
  await Promise.all(copies.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
