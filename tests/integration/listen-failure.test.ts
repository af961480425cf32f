/** A service that cannot listen says why, and what to do. */
import { expect, it } from 'vitest'
import { refuseToListen } from '../../src/commands/listen-failure.js'
import { serveApp } from '../../src/http/serve-app.js'

const nothing = () => {}
const listenOn = (host: string, port: number) =>
  serveApp(nothing, { host, port }).catch(refuseToListen(host, port))

it('names the port that another program has, and a free way out', async () => {
  const first = await serveApp(nothing, { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(first.url).port)
  try {
    await expect(listenOn('127.0.0.1', port)).rejects.toMatchObject({
      code: 'settings_invalid',
      message: `Another program listens on port ${port} of 127.0.0.1 already.`,
      hints: [`Stop it, or choose another port: --port ${port + 1}.`],
    })
  } finally {
    await first.close()
  }
})

it('names an address that the machine does not have', async () => {
  await expect(listenOn('192.0.2.1', 4180)).rejects.toMatchObject({
    message: 'This machine has no address 192.0.2.1.',
  })
})

it('passes on what it does not know', () => {
  const strange = new Error('strange')
  expect(() => refuseToListen('127.0.0.1', 1)(strange)).toThrow(strange)
})
