/** A PostgreSQL server of one's own in a temporary folder, reached by a socket there and by no network. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface PostgresServer {
  /** Where its socket lies. */
  readonly socketFolder: string
  /** Stops it and takes its folder away. */
  close(): Promise<void>
}

export type StartedPostgres =
  | { readonly ok: true; readonly server: PostgresServer }
  | { readonly ok: false; readonly message: string }

const debianFolder = '/usr/lib/postgresql'
const startMs = 30_000
const pollMs = 100

/** The folder of the newest server programs of this machine, as Debian lays them out, or those on the path. */
export async function findPostgres(): Promise<string | undefined> {
  const versions = existsSync(debianFolder) ? await readdir(debianFolder) : []
  const folders = versions
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(debianFolder, version, 'bin'))
  const known = folders.find((folder) => existsSync(join(folder, 'initdb')))
  if (known !== undefined) return known
  const asked = await run('pg_config', ['--bindir']).catch(() => ({ stdout: '' }))
  const folder = asked.stdout.trim()
  return folder !== '' && existsSync(join(folder, 'initdb')) ? folder : undefined
}

/**
 * Texts sort byte by byte, as in SQLite. Nothing is flushed to disk: the data is thrown away. `settings` are the server's
 * own, beside or instead of those that are usual here.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedPostgres> {
  const programs = await findPostgres()
  if (programs === undefined) return { ok: false, message: notInstalled }
  const user = await serverUser()
  if (!user.ok) return user
  const folder = await mkdtemp(join(tmpdir(), 'parley-postgres-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await chmod(folder, 0o700)
    if (user.ids) await chown(folder, user.ids.uid, user.ids.gid)
    const data = join(folder, 'data')
    const initial = ['-D', data, '-U', 'parley', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']
    await run(join(programs, 'initdb'), initial, { ...user.ids, cwd: folder })
    const child = startServer(join(programs, 'postgres'), data, folder, { settings, ids: user.ids })
    // Should this process end without closing it, the server ends too.
    const abandon = () => child.kill('SIGKILL')
    process.once('exit', abandon)
    await serverReady(child, join(data, 'postmaster.pid'))
    const close = async () => {
      process.off('exit', abandon)
      await stop(child)
      await remove()
    }
    return { ok: true, server: { socketFolder: folder, close } }
  } catch (error) {
    await remove()
    return { ok: false, message: `PostgreSQL does not start: ${(error as Error).message.trim()}` }
  }
}

const notInstalled =
  'PostgreSQL is not installed. On Debian: apt-get install postgresql. Or name a server: --postgres postgres://…'

interface UserIds {
  readonly uid: number
  readonly gid: number
}

/** The server refuses to run as root; Debian's package makes a user for it. */
async function serverUser() {
  if (process.getuid?.() !== 0) return { ok: true, ids: undefined } as const
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
    )
    return { ok: true, ids: { uid, gid } as UserIds } as const
  } catch {
    const message = 'PostgreSQL does not run as root, and there is no user called postgres.'
    return { ok: false, message } as const
  }
}

function startServer(
  program: string,
  data: string,
  folder: string,
  { settings, ids }: { settings: Readonly<Record<string, string>>; ids: UserIds | undefined },
) {
  const all = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    jit: 'off',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(program, ['-D', data, ...flags], { ...ids, cwd: folder, stdio: 'ignore' })
}

/** The last line of the server's own file says when it takes queries. Rejects when it ends before, or takes too long. */
async function serverReady(child: ChildProcess, statusFile: string): Promise<void> {
  const end = Date.now() + startMs
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  while (!/^ready\s*$/m.test(await readFile(statusFile, 'utf8').catch(() => ''))) {
    if (failure) throw failure
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended with ${child.exitCode ?? child.signalCode}.`)
    }
    if (Date.now() > end) {
      child.kill('SIGKILL')
      throw new Error(`it took longer than ${startMs / 1000} s.`)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** SIGINT ends its sessions and the server; what is told by SIGTERM alone waits for them. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await ended
}
