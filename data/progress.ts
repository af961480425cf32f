/** How long work tells its caller how far it is. */

/**
 * `done` of `total` units of the named step; the last call of a step has both equal. The note says what is going on
 * while one unit takes long.
 */
export type OnProgress = (step: string, done: number, total: number, note?: string) => void
