/** Writes a file under another name and renames it, so that it is whole or absent. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export type Written = { readonly ok: true } | { readonly ok: false; readonly message: string }

/** A place that cannot be written to is a value. */
export async function writeWhole(path: string, text: string): Promise<Written> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.part`, text)
    await rename(`${path}.part`, path)
    return { ok: true }
  } catch (error) {
    return { ok: false, message: `${path} cannot be written: ${(error as Error).message}` }
  }
}

export function writeJsonLines(path: string, rows: readonly unknown[]): Promise<Written> {
  return writeWhole(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}
