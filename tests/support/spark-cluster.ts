/** A small Spark cluster of the tests' own: a master, two workers and a Connect server, each a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passing } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import type { Database } from '../../data/database.js'
import { openSource } from '../../data/sources/open-source.js'
import { readSparkAddress } from '../../data/spark/address.js'
import { connectCalls } from '../../data/spark/connect-calls.js'
import { readTexts } from '../../data/spark/run-select.js'
import { SparkSession } from '../../data/spark/spark-session.js'
import { packageRoot } from '../../models/package-root.js'
import { openDatabase } from '../../src/open-database.js'
import { freePort } from './free-port.js'

export interface OwnSpark {
  readonly port: number
  /** Where its files lie. */
  readonly folder: string
  /** Makes a database and fills it, as somebody who may; the address is Parley's. */
  create(name: string, statements: readonly string[]): Promise<string>
  /** As somebody who may write; cells in words. */
  run(name: string, ...statements: string[]): Promise<readonly (readonly (string | null)[])[]>
  url(name: string): string
  /** Of `master`, `worker1`, `worker2` or `connect`. */
  processId(name: string): Promise<number>
  /** Starts the Connect server again after it was killed; its tables are gone. */
  restart(): Promise<void>
  /** Ends a session of somebody else's. */
  forget(session: string): Promise<void>
  /** What `name` has written about what it does; of a worker its executors' words. */
  log(name: string): Promise<string>
}

const startMs = 180_000
const program = join(packageRoot, 'data/spark/cluster/start-cluster.sh')
const server = 'org.apache.spark.sql.connect.service.SparkConnectServer'
const sparkHome = findSpark()
if (sparkHome === undefined) {
  if (process.env.CI) {
    throw new Error(
      'Spark is not installed: .ci/run does it, with openjdk-17-jre-headless and the package pyspark.',
    )
  }
  process.stderr.write(
    'Tests on Spark are skipped: Java or the package pyspark is not installed.\n',
  )
}

export const hasSpark = sparkHome !== undefined

/** In the virtual environment that .ci/run makes, or where SPARK_HOME says. */
function findSpark(): string | undefined {
  const library = join(packageRoot, 'data/spark/cluster/.venv/lib')
  const versions = existsSync(library) ? readdirSync(library) : []
  const folders = [
    process.env.SPARK_HOME ?? '',
    ...versions.map((version) => join(library, version, 'site-packages/pyspark')),
  ]
  const hasJava = existsSync('/usr/bin/java') || process.env.JAVA_HOME !== undefined
  return hasJava ? folders.find((folder) => existsSync(join(folder, 'bin/spark-class'))) : undefined
}

/**
 * For the tests of the file or group that calls it. `settings` are those of the script that starts it: who gives some
 * gets a cluster of its own, and may break it.
 */
export function useOwnSpark(settings?: Readonly<Record<string, string>>): OwnSpark {
  let cluster: Started | undefined
  beforeAll(async () => {
    if (hasSpark) cluster = (settings ? undefined : await running()) ?? (await start(settings))
  }, startMs)
  afterAll(async () => {
    await cluster?.close()
  })
  const started = () => {
    if (!cluster) throw new Error('The cluster runs only while tests do.')
    return cluster
  }
  const url = (name: string) =>
    `spark://tester:${started().token}@127.0.0.1:${started().port}/${encodeURIComponent(name)}`
  const run = async (name: string, ...statements: string[]) => {
    const read = await readSparkAddress(url(name))
    if (!read.ok) throw new Error(read.message)
    const session = new SparkSession(read.address)
    try {
      let rows: readonly (readonly (string | null)[])[] = []
      const { signal } = new AbortController()
      for (const sql of statements) rows = await readTexts(session, sql, signal)
      return rows
    } finally {
      await session.close()
    }
  }
  return {
    get port() {
      return started().port
    },
    get folder() {
      return started().folder
    },
    url,
    run,
    processId: async (name) =>
      Number(await readFile(join(started().folder, `${name}.pid`), 'utf8')),
    restart: () => restartServer(started()),
    async forget(session_id) {
      const read = await readSparkAddress(url('default'))
      if (!read.ok) throw new Error(read.message)
      const calls = connectCalls(read.address)
      const caller = { session_id, user_context: { user_id: 'tester' }, client_type: 'tester' }
      await calls.ask('ReleaseSession', caller, {}, 5_000)
      calls.close()
    },
    async log(name) {
      const { folder } = started()
      const place = name.startsWith('worker') ? name.replace('worker', 'work') : 'logs'
      const files = await readdir(join(folder, place), { recursive: true })
      const wanted = files.filter((file) =>
        place === 'logs' ? file === `${name}.log` : file.endsWith('stderr'),
      )
      const texts = wanted.map((file) =>
        readFile(join(folder, place, file), 'utf8').catch(() => ''),
      )
      return (await Promise.all(texts)).join('\n')
    },
    async create(name, statements) {
      await run(
        'default',
        `DROP DATABASE IF EXISTS \`${name}\` CASCADE`,
        `CREATE DATABASE \`${name}\``,
        `USE \`${name}\``,
        ...statements,
      )
      return url(name)
    },
  }
}

/** As the doors do; throws what they would say. */
export async function openSpark(url: string): Promise<Database> {
  const opened = await openSource(url, '')
  if (!opened.ok) throw new Error([opened.failure.message, ...opened.failure.hints].join(' '))
  return openDatabase(opened.source)
}

interface Started {
  readonly port: number
  readonly token: string
  readonly folder: string
  /** They end what was started later. */
  readonly beside: (() => void)[]
  close(): Promise<void>
}

/** One that runs already, by its folder and port: `PARLEY_TEST_SPARK=15002:/folder`, for whoever works on these tests. */
async function running(): Promise<Started | undefined> {
  const [port, folder] = process.env.PARLEY_TEST_SPARK?.split(':') ?? []
  if (port === undefined || folder === undefined) return undefined
  const token = await readFile(join(folder, 'token'), 'utf8')
  return { port: Number(port), folder, token, beside: [], close: async () => {} }
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-spark-'))
  const [port, master] = [await freePort(), await freePort()]
  const child = spawn('bash', [program, folder], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SPARK_HOME: sparkHome,
      CONNECT_PORT: String(port),
      MASTER_PORT: String(master),
      QUICK_START: '1',
      REAP_SECONDS: '2',
      // Usual servers have less; this one keeps what the statements of all groups of tests leave behind.
      SERVER_MEMORY: '1g',
      ...settings,
    },
  })
  // All of its processes are of its group; should this one end first, its input ends, and so does the script.
  const kill = () => killGroup(child)
  process.once('exit', kill)
  const beside: (() => void)[] = []
  const close = async () => {
    process.off('exit', kill)
    for (const end of beside) end()
    kill()
    if (!hasEnded(child)) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  try {
    await ready(child)
    return { port, folder, beside, token: await readFile(join(folder, 'token'), 'utf8'), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** One process that computes by itself, where the one that was killed had been. */
async function restartServer({ folder, port, beside }: Started): Promise<void> {
  const log = openSync(join(folder, 'logs/restarted.log'), 'w')
  const child = spawn(
    join(sparkHome ?? '', 'bin/spark-submit'),
    ['--master', 'local[2]', '--driver-memory', '700m', '--class', server, 'spark-internal'],
    {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: { ...process.env, SPARK_HOME: sparkHome, SPARK_CONF_DIR: join(folder, 'conf') },
    },
  )
  closeSync(log)
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  beside.push(kill)
  const isReached = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
    })
  const end = Date.now() + startMs
  while (!(await isReached())) {
    if (hasEnded(child) || Date.now() > end) throw new Error('The server did not start again.')
    await passing(200)
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The cluster ended with ${code}.`)))
    child.stdout?.on('data', (text: Buffer) => {
      if (text.toString().startsWith('ready')) resolve()
    })
  })
}
