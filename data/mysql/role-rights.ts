/** Finds out whether a user could change data; one that cannot is the real boundary, whatever the guard lets through. */
import type { Session } from './sessions.js'

export interface RoleRights {
  /** As the server calls it: `name@host`. */
  readonly user: string
  /** The first thing found that it may do and need not, in plain words. */
  readonly excess?: string
}

/** What reads and does nothing else. */
const harmless = new Set(['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES'])

const sayings: readonly (readonly [RegExp, (place: string) => string])[] = [
  [/^ALL PRIVILEGES$/, (place) => `may do everything with ${place}`],
  [/^(INSERT|UPDATE|DELETE|DELETE HISTORY)$/, (place) => `may write to ${place}`],
  [
    /^(CREATE|ALTER|DROP|INDEX|TRIGGER|EVENT|REFERENCES|CREATE VIEW)$/,
    (place) => `may change what ${place} is made of`,
  ],
  [/^FILE$/, () => "may read and write the server's files"],
  [/^(PROCESS|CONNECTION ADMIN|CONNECTION_ADMIN)$/, () => 'may look at and end what others ask'],
  [/^(EXECUTE|CREATE ROUTINE|ALTER ROUTINE)$/, (place) => `may run or make programs in ${place}`],
]

/** `GRANT SELECT, INSERT (name) ON shop.* TO …`, `GRANT role TO …`, `GRANT PROXY ON …`. */
const grantOn = /^GRANT (.*?) ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE )?(.+?) TO /
const grantRole = /^GRANT (.*?) TO /

export async function readRoleRights(session: Session): Promise<RoleRights> {
  const user = (await column(session, 'SELECT CURRENT_USER()'))[0] ?? ''
  const grants = await column(session, 'SHOW GRANTS')
  for (const role of grants.flatMap(rolesOf)) {
    // Taken on, a role shows its rights, and those of the roles that it has itself.
    const taken = await column(session, `SET ROLE ${role}`).catch(() => undefined)
    if (taken === undefined)
      return { user, excess: `has the role ${role}, which cannot be looked at` }
    grants.push(...(await column(session, 'SHOW GRANTS')))
    await session.run('SET ROLE NONE')
  }
  const excess = grants.map(excessOf).find((found) => found !== undefined)
  return excess === undefined ? { user } : { user, excess }
}

/** SQL that makes a user who may do nothing but read. */
export function readOnlyUserSql(database: string): string {
  const name = `\`${database.replaceAll('`', '``')}\``
  return `CREATE USER parley_reader IDENTIFIED BY '…'; GRANT SELECT, SHOW VIEW ON ${name}.* TO parley_reader`
}

function excessOf(grant: string): string | undefined {
  const [, privileges = '', on = ''] = grantOn.exec(grant) ?? []
  if (/WITH (GRANT|ADMIN) OPTION/.test(grant)) return 'may give rights to others'
  if (/^GRANT PROXY /.test(grant)) return 'may act as another user'
  const plain = on.replaceAll(/[`"]/g, '')
  const place = plain === '*.*' ? 'the whole server' : plain
  const names = privileges.replace(/\([^)]*\)/g, '').split(',')
  for (const name of names.map((text) => text.trim().toUpperCase())) {
    if (name === '' || harmless.has(name)) continue
    const say = sayings.find(([pattern]) => pattern.test(name))?.[1]
    return say?.(place) ?? `has the right ${name}`
  }
  return undefined
}

function rolesOf(grant: string): readonly string[] {
  if (grantOn.test(grant) || /^(REVOKE|SET) /.test(grant)) return []
  return (grantRole.exec(grant)?.[1] ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean)
}

async function column(session: Session, sql: string): Promise<string[]> {
  const { rows } = await session.run(sql)
  return rows.map((row) => String(row[0] ?? ''))
}
