/** Pieces of join-free SQL as models write it, for regular expressions. */

const word = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)`
/** `table.column`, each part bare or quoted. */
export const columnPattern = `${word}\\.${word}`
/** With its quotes. */
export const textPattern = `'(?:[^']|'')*'`
