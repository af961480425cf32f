/** Lines typed in earlier chats, in a file of their owner's alone. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const maxLines = 500
const ownerOnly = { mode: 0o600 }

export interface LineHistory {
  /** Newest first, as the line editor wants them. */
  readonly lines: readonly string[]
  add(line: string): void
}

/** A history that cannot be read or written is none: the chat goes on. */
export function openLineHistory(home: string): LineHistory {
  const path = join(home, 'chat-history')
  const kept = linesOf(path)
  const recent = kept.slice(-maxLines)
  if (kept.length > maxLines) tolerantly(() => writeFileSync(path, textOf(recent), ownerOnly))
  return {
    lines: [...new Set(recent.toReversed())],
    add: (line) => tolerantly(() => appendFileSync(path, textOf([line]), ownerOnly)),
  }
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function tolerantly(write: () => void): void {
  try {
    write()
  } catch {
    // The line was asked all the same.
  }
}
