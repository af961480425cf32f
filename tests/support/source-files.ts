/** The project's own source files, read from disk, for tests about the project itself. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { packageRoot } from '../../models/package-root.js'

export const rooms = ['src', 'agents', 'rag', 'data', 'models'] as const

export interface SourceFile {
  /** From the top of the project, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** What `parley evaluate` and Python leave behind is no source, and git ignores it. */
const leftovers =
  /^data\/evaluation\/reports\/|^models\/training\/(\.venv|build)\/|^data\/spark\/cluster\/\.venv\/|\.egg-info\/|__pycache__\/|_cache\//

/** Files below `folder` whose names end in one of `endings`. */
export function sourceFiles(folder: string, endings: readonly string[]): readonly SourceFile[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(packageRoot, file).split(sep).join('/') }))
    .filter(({ path }) => !leftovers.test(path))
    .map(({ file, path }) => ({ path, text: readFileSync(file, 'utf8') }))
}

/** TypeScript of all rooms. */
export function roomFiles(): readonly SourceFile[] {
  return rooms.flatMap((room) => sourceFiles(room, ['.ts']))
}
