/** How much of a server's tables a profile looks at; the same for every kind of server. */

/** Cells of one table that are looked at; of larger tables a sample of about so many. */
export const mostCells = 2_000_000
export const fewestRows = 1_000
/** Larger tables are not counted. */
export const mostCountedBytes = 64_000_000
/** Rows of a view that are counted; there may be more. */
export const mostCountedRows = 100_000
/** Milliseconds after which further tables are described by names and columns alone, and no more keys are proven. */
export const profilesMs = 60_000
/** More for schemas of hundreds of tables, which are described while questions are answered. */
export const profileMs = 200
