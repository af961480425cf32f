/** Asks the server which names its database knows. */
import type { KnownNames, KnownTable } from './known-names.js'
import { notOfExtension, ownSchemas, readableColumns, readableTables } from './own-tables.js'
import type { Session } from './sessions.js'

/** The role's own search path first, then the other schemas that it may use: a bare name means the first table so called. */
export async function readSearchPath(session: Session): Promise<readonly string[]> {
  const { rows } = await session.run(
    `SELECT s FROM unnest(current_schemas(false)) WITH ORDINALITY p(s, place) WHERE s !~ '^pg_'
     UNION ALL (SELECT n.nspname FROM pg_namespace n
       WHERE ${ownSchemas} AND has_schema_privilege(n.oid, 'USAGE')
         AND n.nspname <> ALL (current_schemas(false)) ORDER BY 1)`,
  )
  return rows.map(([schema]) => schema ?? '')
}

/** In a session with that search path. */
export async function readKnownNames(session: Session): Promise<KnownNames> {
  const { rows: tables } = await session.run(
    `SELECT n.nspname, c.relname, pg_table_is_visible(c.oid),
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND ${readableColumns})
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${readableTables}
     ORDER BY c.relname, n.nspname`,
  )
  return {
    tables: tables.map(
      ([schema, name, isBare, columns]): KnownTable => ({
        schema: schema ?? '',
        name: name ?? '',
        isBare: isBare === 't',
        columns: JSON.parse(columns ?? '[]'),
      }),
    ),
    functions: await names(session, 'SELECT DISTINCT proname FROM pg_proc'),
    ownFunctions: await names(
      session,
      `SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${ownSchemas} AND ${notOfExtension('pg_proc', 'p.oid')}`,
    ),
    rowFunctions: await names(
      session,
      `SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_type t ON t.oid = p.proargtypes[0]
       WHERE p.pronargs - p.pronargdefaults <= 1 AND t.typtype IN ('c', 'd', 'p')`,
    ),
    enums: await names(session, `SELECT typname FROM pg_type WHERE typtype = 'e'`),
  }
}

async function names(session: Session, sql: string): Promise<ReadonlySet<string>> {
  const { rows } = await session.run(sql)
  return new Set(rows.map(([name]) => name ?? ''))
}
