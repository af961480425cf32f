/** Finds out whether a role could change data; one that cannot is the real boundary, whatever the guard lets through. */
import { quoteIdentifier } from '../join-free/quote-identifier.js'
import { notOfExtension, ownSchemas } from './own-tables.js'
import type { Session } from './sessions.js'

export interface RoleRights {
  readonly role: string
  /** The first thing found that it may do and need not, in plain words. */
  readonly excess?: string
}

/** They reach files, other sessions, or the upkeep of tables. */
const serverRoles = `('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files',
  'pg_signal_backend', 'pg_maintain', 'pg_checkpoint', 'pg_create_subscription')`

/** The role itself and every role that it could become by SET ROLE. */
const mine = `pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')`

/** Each is a query for names, with what a role may do that finds one; the first that does is told. */
const excesses: readonly (readonly [sql: string, say: (name: string) => string])[] = [
  [`SELECT rolname FROM ${mine} AND rolsuper`, () => 'is a superuser'],
  [`SELECT rolname FROM ${mine} AND rolcreaterole`, () => 'may make roles'],
  [`SELECT rolname FROM ${mine} AND rolcreatedb`, () => 'may make databases'],
  [`SELECT rolname FROM ${mine} AND rolreplication`, () => 'may copy the whole server'],
  [`SELECT rolname FROM ${mine} AND rolname IN ${serverRoles}`, (name) => `is a member of ${name}`],
  [
    `SELECT rolname FROM ${mine} AND has_database_privilege(r.oid, current_database(), 'CREATE')`,
    () => 'may make schemas in this database',
  ],
  [
    `SELECT n.nspname FROM pg_namespace n
     WHERE ${ownSchemas} AND EXISTS (SELECT FROM ${mine} AND has_schema_privilege(r.oid, n.oid, 'CREATE'))`,
    (name) => `may make tables in the schema ${name}`,
  ],
  [
    `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${ownSchemas}
       AND ${notOfExtension('pg_class', 'c.oid')}
       AND EXISTS (SELECT FROM ${mine} AND (r.oid = c.relowner
         OR has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
         OR has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE')))`,
    (name) => `may write to ${name}`,
  ],
]

export async function readRoleRights(session: Session): Promise<RoleRights> {
  const role = (await firstOf(session, 'SELECT current_user')) ?? ''
  for (const [sql, say] of excesses) {
    const name = await firstOf(session, `${sql} ORDER BY 1`)
    if (name !== undefined) return { role, excess: say(name) }
  }
  return { role }
}

/** SQL that makes a role which may do nothing but read. */
export function readOnlyRoleSql(database: string, schemas: readonly string[]): string {
  const quoted = (schemas.length === 0 ? ['public'] : schemas).map(bare)
  const list = quoted.join(', ')
  return [
    `CREATE ROLE parley_reader LOGIN PASSWORD '…'`,
    `GRANT CONNECT ON DATABASE ${bare(database)} TO parley_reader`,
    `GRANT USAGE ON SCHEMA ${list} TO parley_reader`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${list} TO parley_reader`,
  ].join('; ')
}

function bare(name: string): string {
  return quoteIdentifier(name, 'postgres')
}

async function firstOf(session: Session, sql: string): Promise<string | undefined> {
  const { rows } = await session.run(`${sql} LIMIT 1`)
  return rows[0]?.[0] ?? undefined
}
