/** A table of a demo, with a comment on itself and on every column. */

export interface DemoTable {
  readonly name: string
  readonly comment: string
  /** Name, type with its constraints, and what it means. */
  readonly columns: readonly (readonly [name: string, declaration: string, comment: string])[]
}

/** The table's definition, then its comments. */
export function tableStatements({ name, comment, columns }: DemoTable): readonly string[] {
  const definitions = columns.map(([column, declaration]) => `${column} ${declaration}`)
  return [
    `CREATE TABLE ${name} (${definitions.join(', ')})`,
    `COMMENT ON TABLE ${name} IS ${literal(comment)}`,
    ...columns.map(
      ([column, , meaning]) => `COMMENT ON COLUMN ${name}.${column} IS ${literal(meaning)}`,
    ),
  ]
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
