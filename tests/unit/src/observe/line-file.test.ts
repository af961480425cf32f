/** The service's log on a disk that fills up. */
import { mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLogger } from '../../../../src/logger.js'
import { openLineFile } from '../../../../src/observe/line-file.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-lines-'))
})
afterEach(() => rm(folder, { recursive: true }))

const name = 'parley.log'
const usual = { name, fileSize: '2K', files: 3 } as const

it.skipIf(process.platform !== 'linux')(
  'ends nobody when it cannot be written, and is said once',
  async () => {
    await symlink('/dev/full', join(folder, name))
    const failures: Error[] = []
    const onFailure = (error: Error) => void failures.push(error)
    const file = await openLineFile({ ...usual, folder, onFailure, reopenMs: 0 })
    const logger = createLogger('info', file)
    for (let line = 0; line < 5; line += 1) {
      logger.info('request')
      await wait(10)
    }
    expect(failures).toHaveLength(1)
    await rm(join(folder, name))
    logger.info('room again')
    await file.close()
    expect(await readFile(join(folder, name), 'utf8')).toContain('room again')
  },
)

it('takes only so much of the disk, however much is logged, and is its owner’s alone', async () => {
  const file = await openLineFile({
    ...usual,
    folder,
    onFailure: (error) => expect.fail(String(error)),
  })
  const logger = createLogger('info', file)
  for (let line = 0; line < 200; line += 1) logger.info({ path: 'x'.repeat(100) }, 'request')
  await file.close()
  const names = (await readdir(folder)).filter((each) => each.endsWith('.log'))
  expect(names).toHaveLength(4)
  for (const each of names) expect((await stat(join(folder, each))).mode & 0o777).toBe(0o600)
})
