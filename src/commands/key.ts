/** `parley key create`, `list` and `revoke`: who may ask a service that others can reach. */
import { exitCodes } from '../exit-codes.js'
import { type ApiKey, KeyFileError, type Scope, scopes } from '../key-store.js'
import { auditCommand } from '../observe/audit-command.js'
import { prepareHome } from '../prepare-home.js'
import { withKeys } from '../with-keys.js'
import type { CommandContext } from './command-context.js'
import { textTable } from './text-table.js'

interface AsJson {
  readonly json?: boolean
}

export interface CreateKeyOptions extends AsJson {
  readonly name: string
  readonly scope: string
}

export interface RevokeKeyOptions extends AsJson {
  readonly key: string
}

export async function createKey(
  { name, scope, json }: CreateKeyOptions,
  context: CommandContext,
): Promise<number> {
  const { config, terminal } = context
  if (!isScope(scope)) {
    terminal.say(`${scope} is not a scope; take ${scopes.join(', ')}.`)
    return exitCodes.usage
  }
  const unwritable = await prepareHome(config.home)
  if (unwritable) {
    terminal.say([unwritable.message, ...unwritable.hints].join('\n'))
    return exitCodes.failed
  }
  const created = await orSay(
    terminal,
    withKeys(config, (store) => store.create(name, scope)),
  )
  if (!created) return exitCodes.failed
  if (!created.ok) {
    terminal.say(created.message)
    return exitCodes.failed
  }
  const { key, token } = created
  terminal.print(json ? JSON.stringify({ ...key, key: token }) : token)
  await auditCommand(context, 'key_created', [key])
  if (!json) terminal.say('Keep it: it is not shown again. Send it as "Authorization: Bearer …".')
  return exitCodes.answered
}

export async function listKeys(
  { json }: AsJson,
  { config, terminal }: CommandContext,
): Promise<number> {
  const keys = await orSay(
    terminal,
    withKeys(config, (store) => store.list()),
  )
  if (!keys) return exitCodes.failed
  if (json) terminal.print(JSON.stringify({ keys }))
  else if (keys.length === 0) terminal.say('There are no keys. Make one with: parley key create')
  else terminal.print(tableOf(keys))
  return exitCodes.answered
}

export async function revokeKey(
  { key, json }: RevokeKeyOptions,
  context: CommandContext,
): Promise<number> {
  const { config, terminal } = context
  const answer = withKeys(config, async (store) => ({ found: await store.revoke(key) }))
  const revoked = await orSay(terminal, answer)
  if (!revoked) return exitCodes.failed
  const { found } = revoked
  if (!found) {
    terminal.say(`There is no active key ${key}. parley key list shows them.`)
    return exitCodes.failed
  }
  await auditCommand(context, 'key_revoked', [found])
  terminal.print(json ? JSON.stringify(found) : `${found.name} (${found.id}) is revoked.`)
  return exitCodes.answered
}

function isScope(name: string): name is Scope {
  return scopes.some((scope) => scope === name)
}

function tableOf(keys: readonly ApiKey[]): string {
  const rows = keys.map(({ id, name, scope, createdAt, revokedAt }) => [
    id,
    name,
    scope,
    createdAt.slice(0, 10),
    revokedAt?.slice(0, 10) ?? 'no',
  ])
  const columns = ['id', 'name', 'scope', 'made', 'revoked'].map((name) => {
    return { name, type: 'VARCHAR', kind: 'text' as const }
  })
  return textTable(columns, rows)
}

async function orSay<Result>(
  terminal: CommandContext['terminal'],
  result: Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await result
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    terminal.say(error.message)
    return undefined
  }
}
