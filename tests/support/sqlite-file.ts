/** Writes SQLite files for tests. */
import Database from 'libsql'

export function writeSqliteFile(path: string, statements: readonly string[]): void {
  const database = new Database(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}
