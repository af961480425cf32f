/** The port to a run's log: what happened, in the order in which it happened. */

export interface RunLog {
  /** `facts` go into the line as they are. */
  write(event: string, facts?: Readonly<Record<string, unknown>>): void
}
