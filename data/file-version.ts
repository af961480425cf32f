/** A cheap fingerprint of a file that changes whenever the file is written or replaced. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'

const versionLength = 16

/** Rejects when the file is gone. */
export async function fileVersion(path: string): Promise<string> {
  const { size, mtimeNs, ino } = await stat(path, { bigint: true })
  return createHash('sha256')
    .update(`${size} ${mtimeNs} ${ino}`)
    .digest('hex')
    .slice(0, versionLength)
}
