/** A cheap fingerprint of a SQLite file and of the log that holds its newest changes. */
import { fileVersion } from '../file-version.js'

/** Rejects when the file is gone. The log (`-wal`) is part of the data until it is merged. */
export async function sqliteFileVersion(path: string): Promise<string> {
  const log = await fileVersion(`${path}-wal`).catch(() => '')
  return [await fileVersion(path), log].filter((part) => part !== '').join('-')
}
