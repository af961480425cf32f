/** Reads a file that anybody may have put into a folder: a plain one of a bearable size, and never what a link points at. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** Of one report: Spider's thousand questions take one and a half. */
const maxMegabytes = 32

export interface PlainFile {
  readonly text: string
  readonly changedAt: Date
}

export type ReadFile =
  | { readonly ok: true; readonly file: PlainFile }
  | { readonly ok: false; readonly problem: 'absent' | 'too_large' | 'unreadable' }

/** Never rejects. */
export async function readPlainFile(path: string): Promise<ReadFile> {
  try {
    const handle = await open(
      path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    )
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return { ok: false, problem: 'unreadable' }
      if (stats.size > maxMegabytes * 1e6) return { ok: false, problem: 'too_large' }
      return { ok: true, file: { text: await handle.readFile('utf8'), changedAt: stats.mtime } }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { ok: false, problem: isAbsent ? 'absent' : 'unreadable' }
  }
}
