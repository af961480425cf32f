/** Whether a result holds anything: a question about nothing teaches nothing. */

/** False without rows, and where every cell is null, zero or empty. */
export function findsSomething(rows: readonly (readonly unknown[])[]): boolean {
  return rows.some((row) =>
    row.some((cell) => cell !== null && cell !== 0 && cell !== '0' && cell !== ''),
  )
}
