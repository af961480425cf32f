/** What the log may say of an error above the level debug: neither its message nor its stack, which hold paths and SQL. */

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
