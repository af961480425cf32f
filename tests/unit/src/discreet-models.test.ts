/** What a door says of a model that is missing. */
import { join } from 'node:path'
import pino from 'pino'
import { expect, it } from 'vitest'
import { readConfig } from '../../../src/config.js'
import { discreetModels } from '../../../src/discreet-models.js'
import { openModels } from '../../../src/open-models.js'

it('names the file that is missing, and not the folder where it was looked for', async () => {
  const folder = join(import.meta.dirname, 'no-such-folder')
  const read = readConfig({
    PARLEY_HOME: folder,
    PARLEY_OFFLINE: '1',
    PARLEY_MODEL: join(folder, 'own.gguf'),
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const models = openModels(read.config, { logger: pino({ level: 'silent' }) })
  await models.fillModel()
  const told = discreetModels(models).model.note()
  expect(models.model.note()).toContain(folder)
  expect(told).toContain('own.gguf')
  expect(told).not.toContain('no-such-folder')
  await models.close()
})
