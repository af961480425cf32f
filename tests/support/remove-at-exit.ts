/** Takes temporary folders away that are still there when this process ends. */
import { rmSync } from 'node:fs'

const folders = new Set<string>()

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

/** What it gives is called by who removes the folder before. */
export function removeAtExit(folder: string): () => void {
  folders.add(folder)
  return () => folders.delete(folder)
}
