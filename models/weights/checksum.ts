/** SHA-256 of large files, remembered so that a later start need not read them again. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Remembered {
  readonly bytes: number
  readonly modifiedMs: number
  readonly sha256: string
}

/** Lower-case hexadecimal. Throws what the file system throws. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex')
}

/**
 * The file's SHA-256 from `memoryFolder` while its size and modification time stay the same, else computed and remembered.
 * Trusts the file system's times: a file changed behind both is not noticed.
 */
export async function rememberedSha256(path: string, memoryFolder: string): Promise<string> {
  const { size: bytes, mtimeMs: modifiedMs } = await stat(path)
  const memory = join(memoryFolder, `${createHash('sha256').update(path).digest('hex')}.json`)
  const remembered = await readMemory(memory)
  if (remembered?.bytes === bytes && remembered.modifiedMs === modifiedMs) return remembered.sha256
  const sha256 = await sha256OfFile(path)
  await mkdir(memoryFolder, { recursive: true })
  await writeFile(memory, JSON.stringify({ bytes, modifiedMs, sha256 } satisfies Remembered))
  return sha256
}

async function readMemory(path: string): Promise<Remembered | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Remembered
  } catch {
    return undefined
  }
}
