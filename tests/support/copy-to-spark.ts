/** Copies a DuckDB file into a database of Spark, as Parquet files: the same tables and rows, without keys, which Spark has none of. */
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readDeclaredSchema } from '../../data/duckdb/introspect-schema.js'
import { readerOf } from '../../data/duckdb/read-rows.js'
import { quoteName, quoteText } from '../../data/quote.js'
import { quoteSparkName } from '../../data/spark/quote-spark-name.js'
import type { OwnSpark } from './spark-cluster.js'

/** The address of the new database, which is called `name`. */
export async function copyToSpark(path: string, spark: OwnSpark, name: string): Promise<string> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const { tables } = await readDeclaredSchema(readerOf(connection))
  const statements: string[] = []
  for (const table of tables) {
    const file = join(spark.folder, `${name}-${table.name}.parquet`)
    await connection.run(`COPY ${quoteName(table.name)} TO ${quoteText(file)} (FORMAT parquet)`)
    statements.push(
      `CREATE TABLE ${quoteSparkName(table.name)} USING parquet LOCATION ${quoteText(file)}`,
    )
  }
  connection.closeSync()
  instance.closeSync()
  return spark.create(name, statements)
}
