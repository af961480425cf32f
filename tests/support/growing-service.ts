/** The whole service on a free loopback port, to which datasets are added, and which starts again on the same home. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { openDatasets } from '../../src/commands/open-datasets.js'
import { readConfig } from '../../src/config.js'
import { createApp } from '../../src/http/create-app.js'
import { serveApp } from '../../src/http/serve-app.js'
import { openObservers } from '../../src/observe/open-observers.js'
import { defaultServiceLimits } from '../../src/service-limits.js'
import { recordingLogger } from './recording-logger.js'
import { modelsOf, scriptedModel } from './scripted-model.js'

export interface GrowingService {
  url(): string
  send(path: string, request?: RequestInit): Promise<Response>
  /** The body as text. */
  read(path: string): Promise<string>
  restart(): Promise<void>
  /** What the door and the parts logged since the start. */
  log(): readonly unknown[]
  close(): Promise<void>
}

export async function growingService(home: string, uploadBytes: number): Promise<GrowingService> {
  const source = join(home, 'docks.csv')
  await writeFile(source, 'dock,length\nEast,120\nWest,80\n')
  const lines: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const door = recordingLogger()
  const start = async () => {
    const read = readConfig({ PARLEY_HOME: home, PARLEY_OFFLINE: '1' })
    if (!read.ok) throw new Error(read.problems.join(' '))
    const config = { ...read.config, source }
    const limits = { ...defaultServiceLimits, requestsPerSecond: 1_000, uploadBytes }
    const observers = await openObservers(config, logger)
    const models = modelsOf(scriptedModel(() => 'SELECT 1'))
    const { datasets } = await openDatasets(config, { logger, models, limits }, observers)
    const app = createApp(datasets, { logger: door, limits, observers })
    const server = await serveApp(app, { host: '127.0.0.1', port: 0 })
    return {
      url: server.url,
      close: async () => {
        await server.close()
        await datasets.close()
        await observers.close()
      },
    }
  }
  let running = await start()
  const send = (path: string, request?: RequestInit) => fetch(running.url + path, request)
  return {
    url: () => running.url,
    send,
    read: async (path) => (await send(path)).text(),
    restart: async () => {
      await running.close()
      running = await start()
    },
    log: () => [...lines, ...door.lines],
    close: () => running.close(),
  }
}
