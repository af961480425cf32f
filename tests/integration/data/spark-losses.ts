/** What Spark loses while Parley asks it: workers, connections, sessions, the server, and Parley itself. Part of the tests on Spark. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { openSource } from '../../../data/sources/open-source.js'
import { readSparkAddress } from '../../../data/spark/address.js'
import { openSparkDatabase } from '../../../data/spark/spark-database.js'
import { descendantsOf, startProduct } from '../../support/product-process.js'
import { type OwnSpark, openSpark } from '../../support/spark-cluster.js'
import { type TcpProxy, tcpProxy } from '../../support/tcp-proxy.js'
import { type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
/** A statement may be answered before the connection is cut. */
const cutTries = 5
const question = 'What is the total amount by region?'
const totals = 'SELECT region, sum(amount) AS total FROM sales GROUP BY region ORDER BY region'

/** In so many files that a worker is in the middle of one when it is killed. */
const manySales = (folder: string) => [
  `CREATE TABLE sales USING parquet LOCATION '${folder}/sales' AS
   SELECT id AS sale_id, concat('Region ', id % 7) AS region, CAST(id % 1000 AS DECIMAL(10, 2)) / 4 AS amount
   FROM range(0, 3000000, 1, 24)`,
]
/** Rows without end, which cost nothing until they are all asked for. */
const endlessSales = [
  `CREATE VIEW sales AS SELECT id AS sale_id, concat('Region ', id % 7) AS region,
   CAST(id % 1000 AS DECIMAL(10, 2)) / 4 AS amount FROM range(0, 100000000000000, 1, 8)`,
]

/** The last to ask `spark`: a worker is gone afterwards, and what the server knew. */
export function describeLosses(spark: OwnSpark): void {
  describe('when something is lost,', () => {
    const proxies: TcpProxy[] = []
    let home: TemporaryHome
    let url: string
    beforeAll(async () => {
      home = await temporaryHome()
      url = await spark.create('large', manySales(spark.folder))
    }, 120_000)
    afterAll(async () => {
      for (const proxy of proxies) proxy.close()
      await home?.remove()
    })

    /** The address leads through it. */
    const proxied = async (tls?: TlsOptions) => {
      const proxy = await tcpProxy(spark.port, { tls })
      proxies.push(proxy)
      return { proxy, address: url.replace(`:${spark.port}/`, `:${proxy.port}/`) }
    }
    const rowsOf = async (database: Database, sql: string) => {
      const outcome = await database.query(sql)
      if (!outcome.ok) throw new Error(outcome.failure.message)
      return outcome.result.rows
    }
    const tasksBegun = async () => {
      const logs = await Promise.all(['worker1', 'worker2'].map((name) => spark.log(name)))
      return logs.join('').match(/Running task/g)?.length ?? 0
    }
    const tasksRun = async (before: number) =>
      expect.poll(tasksBegun, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before)

    it('goes on where a connection was cut in the middle of a statement', async () => {
      const { proxy, address } = await proxied()
      const database = await openSpark(address)
      const undisturbed = await rowsOf(database, totals)
      expect(undisturbed).toHaveLength(7)
      let wasRunning = false
      for (let at = 0; at < cutTries && !wasRunning; at += 1) {
        const before = await tasksBegun()
        let isAnswered = false
        const asked = rowsOf(database, totals).finally(() => {
          isAnswered = true
        })
        await tasksRun(before)
        wasRunning = !isAnswered
        proxy.cut()
        expect(await asked).toEqual(undisturbed)
      }
      expect(wasRunning).toBe(true)
      await database.close()
    }, 60_000)

    it('answers a question alike when a worker is killed in the middle of it', async () => {
      const orchestrator = await home.open({ source: url, waitFor: 'index', generator: 'rules' })
      const undisturbed = await orchestrator.process(question)
      const before = await tasksBegun()
      const asked = orchestrator.process(question)
      await tasksRun(before)
      const worker = await spark.processId('worker1')
      const executors = descendantsOf(worker)
      for (const id of [worker, ...executors]) process.kill(id, 'SIGKILL')
      const answer = await asked
      expect(executors.length).toBeGreaterThan(0)
      expect(await spark.log('connect')).toMatch(/Lost executor/)
      const { sql, rows } = undisturbed as Extract<typeof undisturbed, { rows: unknown }>
      expect(rows).toHaveLength(7)
      expect(answer).toMatchObject({ sql, rows })
    }, 120_000)

    it('stops what a Parley asked that was killed', async () => {
      const source = await spark.create('endless', endlessSales)
      const product = await startProduct({ home: join(home.path, 'killed'), source })
      const before = await tasksBegun()
      product.request('ask', { question, options: { generator: 'rules' } }).catch(() => {})
      await tasksRun(before)
      await product.kill()
      // Until then nobody else gets a core.
      const counted = await spark.run('default', 'SELECT count(*) FROM range(0, 100, 1, 4)')
      expect(counted).toEqual([['100']])
    }, 90_000)

    it('shows the rows that others write, at the next question', async () => {
      const read = await readSparkAddress(
        await spark.create('written', [
          'CREATE TABLE stock USING parquet AS SELECT id FROM range(0, 10, 1, 1)',
        ]),
      )
      if (!read.ok) throw new Error(read.message)
      const database = await openSparkDatabase(read.address, { limits: { versionHoldMs: 0 } })
      const look = async () => {
        const version = await database.version()
        return { version, rows: await rowsOf(database, 'SELECT count(*) FROM stock') }
      }
      const first = await look()
      expect(first.rows).toEqual([[10]])
      expect((await look()).version).toBe(first.version)
      const folder = join(spark.folder, 'warehouse/written.db/stock')
      const files = (await readdir(folder)).filter((file) => file.endsWith('.parquet'))
      await copyFile(join(folder, files[0] ?? ''), join(folder, 'by-another-program.parquet'))
      const second = await look()
      expect(second.rows).toEqual([[20]])
      await spark.run('written', 'INSERT INTO stock SELECT id FROM range(500)')
      const third = await look()
      expect(third.rows).toEqual([[520]])
      const larger = (await readdir(folder)).filter(
        (file) => /^part.*parquet$/.test(file) && file !== files[0],
      )
      await copyFile(join(folder, larger[0] ?? ''), join(folder, 'by-another-program.parquet'))
      const fourth = await look()
      expect(new Set([first, second, third, fourth].map(({ version }) => version)).size).toBe(4)
      await database.close()
    }, 60_000)

    it.skipIf(!hasOpenssl)(
      'is asked over TLS where a proxy speaks it, and says what is wrong where not',
      async () => {
        const [key, certificate] = [
          join(spark.folder, 'proxy.key'),
          join(spark.folder, 'proxy.crt'),
        ]
        const made =
          'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=parley -addext subjectAltName=IP:127.0.0.1'
        execFileSync('openssl', [...made.split(' '), '-keyout', key, '-out', certificate], {
          stdio: 'ignore',
        })
        const { address } = await proxied({
          key: readFileSync(key),
          cert: readFileSync(certificate),
          ALPNProtocols: ['h2'],
        })
        const failure = async (source: string) => {
          const opened = await openSource(source, '')
          return opened.ok
            ? undefined
            : `${opened.failure.message} ${opened.failure.hints.join(' ')}`
        }
        const trusting = await openSpark(`${address}?tls=on&ca=${encodeURIComponent(certificate)}`)
        expect(await rowsOf(trusting, 'SELECT count(*) FROM sales')).toEqual([[3_000_000]])
        await trusting.close()
        expect(await failure(`${address}?tls=on`)).toMatch(
          /^The secure connection to .* failed .*ca=FILE/,
        )
        expect(await failure(address)).toMatch(/^No Spark Connect server answers at .*tls=on/)
        expect(await failure(`${url}?tls=on`)).toMatch(
          /^(The secure connection|No Spark Connect server)/,
        )
      },
      60_000,
    )

    it('says plainly that the server is gone, and asks the next one in its place', async () => {
      const database = await openSpark(url)
      const undisturbed = await rowsOf(database, totals)
      process.kill(await spark.processId('connect'), 'SIGKILL')
      expect(await database.query(totals)).toMatchObject({
        ok: false,
        failure: { code: 'sql_failed', message: 'The connection to the database was lost.' },
      })
      await spark.restart()
      const [create = ''] = manySales(spark.folder)
      await spark.create('large', [create.slice(0, create.indexOf(' AS\n'))])
      expect(await rowsOf(database, totals)).toEqual(undisturbed)
      // As the server does when nobody asks for an hour.
      const sessions = (await spark.log('restarted')).matchAll(
        /userId: tester and sessionId: (\S+?) /g,
      )
      const forgotten = new Set([...sessions].map(([, id = '']) => id))
      for (const id of forgotten) await spark.forget(id)
      expect(forgotten.size).toBeGreaterThan(0)
      expect(await rowsOf(database, totals)).toEqual(undisturbed)
      await database.close()
    }, 240_000)
  })
}
