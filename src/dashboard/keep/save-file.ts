/** Hands a file to the browser, which saves it. */
import type { TextFile } from './conversation-file.js'

/** Until the browser has surely begun to read it, in milliseconds. */
const releaseMs = 60_000

export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), releaseMs)
}

export function saveText({ name, type, text }: TextFile): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }))
}
