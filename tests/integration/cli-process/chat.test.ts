/** `parley chat` at a terminal: keys, colours, progress, and a history that outlives it. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import {
  endlessSql,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../../support/temporary-product.js'
import { typedProgram } from '../../support/typed-program.js'

const keys = { enter: '\r', up: '\u001b[A', interrupt: '\u0003', end: '\u0004', tab: '\t' }
const colour = '\u001b[36m'
const grouped = (year: number) => shopSales(year).toLocaleString('en')

let home: TemporaryHome
let source: string
beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
})
afterAll(() => home.remove())

function chat(env: NodeJS.ProcessEnv = {}) {
  const command = [process.execPath, join(inject('product'), 'src/cli.js'), 'chat', source]
  return typedProgram(command, {
    PARLEY_HOME: home.path,
    PARLEY_OFFLINE: '1',
    NO_COLOR: '',
    ...env,
  })
}

it('answers in colours with its progress, and Ctrl-C stops the question alone', async () => {
  const program = chat()
  await program.sees(/parley> /)
  program.type(`Total sales amount by store name${keys.enter}`)
  await program.sees(/Running the SQL[\s\S]*parley> /)
  expect(program.shown()).toContain(colour)
  program.type(`${endlessSql}${keys.enter}`)
  await program.sees(/Running the SQL/)
  program.type(keys.interrupt)
  await program.sees(/Cancelled\.[\s\S]*parley> /)
  program.type(`half a question${keys.interrupt}`)
  await program.sees(/parley> /)
  program.type(`Total sales amount in 2023${keys.enter}`)
  await program.sees(new RegExp(`${grouped(2023)}[\\s\\S]*parley> `))
  program.type(keys.end)
  expect(await program.ended()).toBe(0)
})

it('brings back what was typed in an earlier chat, without colours where nobody wants them', async () => {
  const program = chat({ NO_COLOR: '1' })
  await program.sees(/parley> /)
  program.type(keys.up)
  await program.sees(/Total sales amount in 2023/)
  program.type(keys.enter)
  await program.sees(new RegExp(`${grouped(2023)}[\\s\\S]*parley> `))
  expect(program.shown()).not.toContain(colour)
  program.type(`\\he${keys.tab}`)
  await program.sees(/\\help/)
  program.type(keys.enter)
  await program.sees(/ends the chat/)
  program.type(`\\quit${keys.enter}`)
  expect(await program.ended()).toBe(0)
  expect((await stat(join(home.path, 'chat-history'))).mode & 0o777).toBe(0o600)
})
