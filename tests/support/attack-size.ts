/** Whether to take as many inputs as the figures of the documents were taken with: minutes instead of seconds. */
export const isLarge = process.env.PARLEY_ATTACKS === 'large'
