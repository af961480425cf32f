/** A MariaDB server of the tests' own in a temporary folder, which ends with them. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { removeAtExit } from './remove-at-exit.js'

const run = promisify(execFile)

export interface MysqlServer {
  readonly folder: string
  readonly socket: string
  /** Stops it and takes its folder away. */
  close(): Promise<void>
}

const program = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd'].find(existsSync)
const installer = '/usr/bin/mariadb-install-db'
const startMs = 30_000
const pollMs = 50
/** Debian's package makes it: the server does not like to be root. */
const serverUser = 'mysql'

if (program === undefined) {
  if (process.env.CI) throw new Error('MariaDB is not installed: apt-get install mariadb-server')
  process.stderr.write('Tests on MariaDB are skipped: it is not installed.\n')
}

export const hasMysql = program !== undefined

/** Nothing is flushed to disk: the data is thrown away. `settings` are the server's own, beside those that are usual here. */
export async function startMysql(
  settings: Readonly<Record<string, string>> = {},
): Promise<MysqlServer> {
  if (program === undefined) throw new Error('MariaDB is not installed.')
  const folder = await mkdtemp(join(tmpdir(), 'parley-mariadb-'))
  const forget = removeAtExit(folder)
  const remove = async () => {
    await rm(folder, { recursive: true, force: true })
    forget()
  }
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')]
  try {
    await chmod(folder, 0o755)
    const ids = await idsOfServer()
    if (ids !== undefined) await chown(folder, ids.uid, ids.gid)
    const initial = [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-log-bin',
      `--tmpdir=${folder}`,
    ]
    await run(installer, initial, { ...ids, cwd: folder })
    const all = {
      datadir: data,
      socket,
      tmpdir: folder,
      'pid-file': join(folder, 'pid'),
      'innodb-flush-log-at-trx-commit': '0',
      'innodb-buffer-pool-size': '128M',
      'innodb-log-file-size': '64M',
      'character-set-server': 'utf8mb4',
      'lc-messages-dir': '/usr/share/mysql',
      ...settings,
    }
    const network = settings.port === undefined ? ['--skip-networking'] : []
    const flags = Object.entries(all).map(([name, value]) => `--${name}=${value}`)
    const child = spawn(program, ['--no-defaults', ...network, ...flags], {
      ...ids,
      cwd: folder,
      stdio: 'ignore',
    })
    // Should this process end without closing it, the server ends too.
    const abandon = () => child.kill('SIGKILL')
    process.prependOnceListener('exit', abandon)
    await serverReady(child, socket)
    const close = async () => {
      process.off('exit', abandon)
      await stop(child)
      await remove()
    }
    return { folder, socket, close }
  } catch (error) {
    await remove()
    throw error
  }
}

async function idsOfServer(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid = 0, gid = 0] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, serverUser])).stdout)),
  )
  return { uid, gid }
}

async function serverReady(child: ChildProcess, socket: string): Promise<void> {
  const end = Date.now() + startMs
  while (!(await answers(socket))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`MariaDB ended with ${child.exitCode ?? child.signalCode}.`)
    }
    if (Date.now() > end) {
      child.kill('SIGKILL')
      throw new Error(`MariaDB took longer than ${startMs / 1000} s to start.`)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket)
    client.once('data', () => {
      client.destroy()
      resolve(true)
    })
    client.once('error', () => resolve(false))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
