/** Writes a SELECT around a SELECT so that its rows can be read without loss. */

/** A name that no table of a user's has. */
const rowsName = '"parley: rows"'

/**
 * Each of the first columns of `sql` becomes two: its storage class, and its value with text as bytes. Both limits keep the engine from
 * folding the inner query into the outer, which would work out each value several times over. Order is kept.
 */
export function typedSelect(
  sql: string,
  columnCount: number,
  limits: {
    readonly maxRows: number
    readonly maxColumns: number
    readonly maxCellCharacters: number
  },
): string {
  const names = Array.from({ length: columnCount }, (_, index) => `c${index}`)
  // One more of each than wanted, so that a cut is noticed.
  const [rows, characters] = [limits.maxRows + 1, limits.maxCellCharacters + 1]
  const pairs = names.slice(0, limits.maxColumns).map((name) => {
    const long = `substr(${name}, 1, ${characters})`
    return `typeof(${name}), CASE typeof(${name}) WHEN 'text' THEN CAST(${long} AS BLOB) WHEN 'blob' THEN ${long} ELSE ${name} END`
  })
  return `WITH ${rowsName}(${names.join(', ')}) AS (SELECT * FROM (${asSource(sql)}) LIMIT ${rows}) SELECT ${pairs.join(', ')} FROM ${rowsName} LIMIT ${rows}`
}

/** Reads the columns of `sql`; anything but one SELECT is a syntax error here. */
export function columnsSelect(sql: string): string {
  return `SELECT * FROM (${asSource(sql)})`
}

/** The new line ends a comment that the SQL may end in. */
function asSource(sql: string): string {
  return `${sql}\n`
}
