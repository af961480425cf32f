/** How a command ends, for scripts. */
export const exitCodes = { answered: 0, failed: 1, usage: 2 } as const
