/** Finds out whether a role could change data; one that cannot is the real boundary, whatever the guard lets through. */
import { notOfExtension, ownSchemas } from './own-tables.js'
import type { Session } from './sessions.js'

/** Writes a role without these, for a hint: everything in brackets is the user's to fill in. */
export interface RoleRights {
  readonly role: string
  /** The first thing found that it may do and need not, in plain words. */
  readonly excess?: string
}

const serverRoles = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files']

export async function readRoleRights(session: Session): Promise<RoleRights> {
  const { rows: roles } = await session.run(
    `SELECT rolname, rolsuper, rolcreaterole, has_database_privilege(current_database(), 'CREATE')
     FROM pg_roles WHERE rolname = current_user`,
  )
  const [[role, isSuperuser, makesRoles, makesSchemas] = []] = roles
  const found = (excess: string): RoleRights => ({ role: role ?? '', excess })
  if (isSuperuser === 't') return found('is a superuser')
  if (makesRoles === 't') return found('may make roles')
  const server = await firstOf(
    session,
    `SELECT r.rolname FROM pg_roles r
     WHERE r.rolname IN (${serverRoles.map((name) => `'${name}'`).join(', ')})
       AND pg_has_role(current_user, r.oid, 'MEMBER') ORDER BY 1`,
  )
  if (server !== undefined) return found(`is a member of ${server}`)
  if (makesSchemas === 't') return found('may make schemas in this database')
  const schema = await firstOf(
    session,
    `SELECT n.nspname FROM pg_namespace n
     WHERE ${ownSchemas} AND has_schema_privilege(n.oid, 'CREATE') ORDER BY 1`,
  )
  if (schema !== undefined) return found(`may make tables in the schema ${schema}`)
  const table = await firstOf(
    session,
    `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ownSchemas}
       AND ${notOfExtension('pg_class', 'c.oid')}
       AND (pg_has_role(current_user, c.relowner, 'MEMBER')
         OR has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
         OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
     ORDER BY 1`,
  )
  return table === undefined ? { role: role ?? '' } : found(`may write to ${table}`)
}

/** SQL that makes a role which may do nothing but read. */
export function readOnlyRoleSql(database: string, schemas: readonly string[]): string {
  const list = schemas.length === 0 ? 'public' : schemas.join(', ')
  return [
    `CREATE ROLE parley_reader LOGIN PASSWORD '…'`,
    `GRANT CONNECT ON DATABASE ${database} TO parley_reader`,
    `GRANT USAGE ON SCHEMA ${list} TO parley_reader`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${list} TO parley_reader`,
  ].join('; ')
}

async function firstOf(session: Session, sql: string): Promise<string | undefined> {
  const { rows } = await session.run(`${sql} LIMIT 1`)
  return rows[0]?.[0] ?? undefined
}
