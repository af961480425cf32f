/** Watches what the product really does while it is attacked: SQL that ran, prompts, connections, files. */
import { createHash } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import type { Database } from '../../../data/database.js'

export interface DatabaseWitness {
  readonly database: Database
  /** SQL that gave rows, in order. */
  readonly ran: string[]
}

export function witnessDatabase(database: Database): DatabaseWitness {
  const ran: string[] = []
  return {
    ran,
    database: {
      dialect: database.dialect,
      label: database.label,
      introspect: (signal) => database.introspect(signal),
      version: () => database.version(),
      explain: (sql, signal) => database.explain(sql, signal),
      query: async (sql, options) => {
        const outcome = await database.query(sql, options)
        if (outcome.ok) ran.push(sql)
        return outcome
      },
      readAll: (...asked) => database.readAll(...asked),
      close: () => database.close(),
    },
  }
}

export interface NetworkWitness {
  /** Where somebody listens who counts who comes. */
  readonly canary: string
  /** Requests that came to the canary, and TCP connections that this process began, by address. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

export async function witnessNetwork(): Promise<NetworkWitness> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(String(request.url))
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const began = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket & { readonly _host?: string } }
    seen.push(`connection to ${socket._host ?? 'somewhere'}`)
  }
  channel('net.client.socket').subscribe(began)
  return {
    canary: `http://127.0.0.1:${(server.address() as AddressInfo).port}/canary`,
    seen,
    close: async () => {
      channel('net.client.socket').unsubscribe(began)
      server.close()
      server.closeAllConnections()
      await once(server, 'close').catch(() => {})
    },
  }
}

/** Names and contents of all files below a folder, as one text. */
export async function fingerprintOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const lines = files.sort().map(async (file) => {
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return `${file} ${hash}`
  })
  return (await Promise.all(lines)).join('\n')
}
