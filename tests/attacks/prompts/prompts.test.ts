/** Prompt injection, direct and through the data, against the whole product with a model that always obeys. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../agents/answer.js'
import { readConfig } from '../../../src/config.js'
import { joinOrchestrator } from '../../../src/create-orchestrator.js'
import type { Orchestrator } from '../../../src/index.js'
import { createLogger } from '../../../src/logger.js'
import { openServices } from '../../../src/services.js'
import { modelsOf, type ScriptedModel, scriptedModel } from '../../support/scripted-model.js'
import { type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'
import { directAttacks } from './direct-attacks.js'
import {
  customers,
  type HostilePlace,
  hostilePlace,
  proseMark,
  secrets,
} from './hostile-database.js'
import { indirectAttacks } from './indirect-attacks.js'
import type { PromptAttack } from './prompt-attack.js'
import { type SecondReader, secondReader } from './read-independently.js'
import {
  type DatabaseWitness,
  fingerprintOf,
  type NetworkWitness,
  witnessDatabase,
  witnessNetwork,
} from './witness.js'

const attacks = [...directAttacks, ...indirectAttacks]

let home: TemporaryHome
let place: HostilePlace
let network: NetworkWitness
let reader: SecondReader
let product: Attacked

interface Attacked {
  readonly orchestrator: Orchestrator
  readonly witness: DatabaseWitness
  readonly model: ScriptedModel
  readonly tables: readonly string[]
  /** What the model writes from now on. */
  obey(writes: readonly string[]): void
}

/** The product as a service opens it, but with the obeying model and a witness at its database. */
async function openAttacked(source: string): Promise<Attacked> {
  const read = readConfig({
    PARLEY_HOME: home.path,
    PARLEY_OFFLINE: '1',
    PARLEY_LOG_LEVEL: 'error',
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const config = { ...read.config, source }
  let writes: readonly string[] = ['']
  let written = 0
  const model = scriptedModel(() => writes[Math.min(written++, writes.length - 1)] ?? '')
  const hooks = { logger: createLogger('silent'), models: modelsOf(model) }
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new Error(opened.failure.message)
  const witness = witnessDatabase(opened.services.database)
  const services = { ...opened.services, database: witness.database }
  const orchestrator = joinOrchestrator(services, config, hooks)
  const { tables } = await orchestrator.catalog()
  return {
    orchestrator,
    witness,
    model,
    tables: tables.map(({ name }) => name),
    obey: (texts) => {
      writes = texts
      written = 0
    },
  }
}

beforeAll(async () => {
  process.env.PARLEY_CANARY = secrets.environment
  home = await temporaryHome()
  place = await hostilePlace(join(home.path, 'sources'))
  network = await witnessNetwork()
  reader = await secondReader()
  product = await openAttacked(place.database)
})

afterAll(async () => {
  await product?.orchestrator.close()
  reader?.close()
  await network?.close()
  delete process.env.PARLEY_CANARY
  await home?.remove()
})

function filledIn(text: string): string {
  return text
    .replaceAll('{database}', place.database)
    .replaceAll('{payroll}', place.payroll)
    .replaceAll('{secret}', place.secret)
    .replaceAll('{canary}', network.canary)
}

/** Every text that a figure would have drawn. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/** What hover texts are made of; Plotly fills in the escaped labels. */
const ownMarkup = /<br>|<extra><\/extra>/g

/** What the product may never do, each as a sentence; empty when all is well. */
async function forbiddenEffects(answers: readonly Answer[], ran: readonly string[]) {
  const found: string[] = []
  for (const sql of ran) {
    const objection = await reader.objection(sql, product.tables)
    if (objection) found.push(`ran although ${objection}: ${sql.slice(0, 200)}`)
  }
  for (const answer of answers) {
    const said = JSON.stringify(answer)
    for (const secret of Object.values(secrets)) {
      if (said.includes(secret)) found.push(`the answer holds ${secret}`)
    }
    if (!answer.ok) continue
    for (const label of textsOf(answer.figure)) {
      if (/<[a-z!/]/i.test(label.replaceAll(ownMarkup, '')))
        found.push(`a label is markup: ${label}`)
    }
    const fromData = answer.rows.some((row) => row.some((cell) => String(cell).includes('OBEYED')))
    const fromSql = (answer.sql ?? '').includes('OBEYED')
    if (answer.text.includes('OBEYED') && !fromData && !fromSql) {
      found.push(`the text is the model's: ${answer.text}`)
    }
  }
  return [...found, ...network.seen.map((request) => `the network: ${request}`)]
}

/** Beginnings of the lines that a prompt for the local model may have. */
const promptHeads = ['Names: ', 'Values: ', 'Dates: ', 'Question: ', 'SQL:', 'Wrong: ', 'Because: ']

function promptProblems(prompt: string): readonly string[] {
  const [, ...lines] = prompt.split('\n')
  const strangers = lines.filter((line) => {
    const isTable = product.tables.some(
      (name) =>
        line.startsWith(`${name}: `) || line.startsWith(`"${name.replaceAll('"', '""')}": `),
    )
    return !isTable && !promptHeads.some((head) => line.startsWith(head))
  })
  const questions = lines.filter((line) => line.startsWith('Question: ')).length
  return [
    ...strangers.map((line) => `a line of nobody's: ${JSON.stringify(line)}`),
    ...(questions === 1 ? [] : [`${questions} questions`]),
    ...(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u{e0000}-\u{e007f}]/u.test(prompt)
      ? ['control characters']
      : []),
    ...(prompt.includes(proseMark) ? ['what long texts hold'] : []),
  ]
}

async function attackWith({ asks, writes }: PromptAttack, generator: 'local' | 'auto') {
  const { orchestrator, witness, model, obey } = product
  const before = { ran: witness.ran.length, prompts: model.requests.length }
  obey(writes.map(filledIn))
  const answers: Answer[] = []
  let conversationId: string | undefined
  for (const question of asks) {
    const answer = await orchestrator.process(filledIn(question), { generator, conversationId })
    conversationId = answer.conversationId
    answers.push(answer)
  }
  const ran = witness.ran.slice(before.ran)
  const prompts = model.requests.slice(before.prompts).map(({ prompt }) => prompt)
  // Whatever was said and read before, the next question of the conversation is answered as ever.
  const next = await orchestrator.process('how many customers are there?', {
    generator: 'rules',
    conversationId,
    newTopic: true,
  })
  return { answers, ran, prompts, next }
}

it('is attacked in at least 80 ways, all of them different', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(80)
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
  expect(new Set(attacks.map(({ asks, writes }) => JSON.stringify([asks, writes]))).size).toBe(
    attacks.length,
  )
})

describe.each(['local', 'auto'] as const)(
  'with the generator %s, a model that obeys when',
  (generator) => {
    it.each(attacks.map((one) => [one.name, one] as const))('the attacker %s', async (_, one) => {
      const files = await fingerprintOf(join(home.path, 'sources'))
      const { answers, ran, prompts, next } = await attackWith(one, generator)
      expect(await forbiddenEffects([...answers, next], ran)).toEqual([])
      expect(prompts.flatMap(promptProblems)).toEqual([])
      expect(next.ok && next.rows).toEqual([[customers]])
      expect(await fingerprintOf(join(home.path, 'sources'))).toBe(files)
    })
  },
)

it('reached the model with most of the attacks, and ran some of what it wrote', () => {
  expect(product.model.requests.length).toBeGreaterThan(attacks.length)
  expect(product.witness.ran.length).toBeGreaterThan(10)
})

describe('the second reader', () => {
  it.each([
    'DROP TABLE customers',
    'SELECT 1; SELECT 2',
    "SELECT * FROM read_text('x')",
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM salaries',
    'EXPLAIN ANALYZE SELECT 1',
  ])('objects to %s', async (sql) => {
    expect(await reader.objection(sql, ['customers'])).toBeDefined()
  })

  it('has nothing against a query of the tables', async () => {
    const sql =
      'WITH c AS (SELECT city FROM customers) SELECT count(*) FROM c JOIN customers USING (city)'
    expect(await reader.objection(sql, ['customers'])).toBeUndefined()
  })
})
