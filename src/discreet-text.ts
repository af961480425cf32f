/** What others may read of an error: neither its message nor its stack, which hold paths and SQL, and no folder of this machine. */

export interface ErrorFacts {
  /** Its class. */
  readonly error: string
  readonly code?: string
  /** File and line of ours, or of a package, where it was thrown. */
  readonly at?: string
}

export function describeError(thrown: unknown): ErrorFacts {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const { code } = thrown as NodeJS.ErrnoException
  const [, at] = /([\w.-]+\.[cm]?[jt]s:\d+):\d+/.exec(thrown.stack ?? '') ?? []
  return {
    error: thrown.name,
    ...(code !== undefined && { code: String(code).slice(0, 64) }),
    ...(at !== undefined && { at }),
  }
}

/** For the level debug. */
export function wholeError(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}

/** Where things lie on this machine is nobody else's business; the name of a file may help. */
export function withoutPaths(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?[\\/](?:[^\\/\s'"]+[\\/])+(?=[^\\/\s'"])/g, '')
}
