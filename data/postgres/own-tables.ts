/** Which relations are the user's data, in PostgreSQL's own terms; for queries over `pg_class c` and `pg_namespace n`. */

/** Schemas that are not the server's. */
export const ownSchemas = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

/** Not those that an extension brought along. */
export function notOfExtension(catalog: 'pg_class' | 'pg_proc', id: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = '${catalog}'::regclass AND d.objid = ${id} AND d.deptype = 'e')`
}

/** Tables, partitioned tables, views, materialised views and foreign tables; partitions speak through their table. */
export const ownTables = `c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND ${ownSchemas}
  AND ${notOfExtension('pg_class', 'c.oid')}`

/** Those that the role may read; the columns of each may be fewer. */
export const readableTables = `${ownTables} AND has_schema_privilege(n.oid, 'USAGE')
  AND has_any_column_privilege(c.oid, 'SELECT')`

/** For queries that join `pg_attribute a` to them. */
export const readableColumns = `a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')`
