/** Why join-free SQL cannot be completed; caught at the completer's door and handed on as a value. */

export class JoinFreeError extends Error {
  constructor(
    message: string,
    /** Names or next steps that may help, nearest first. */
    readonly hints: readonly string[] = [],
  ) {
    super(message)
    this.name = 'JoinFreeError'
  }
}
