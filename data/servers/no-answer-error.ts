/** What Parley itself asked of a server, and got no answer to in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  constructor() {
    super('The server gave no answer in time.')
  }
}
