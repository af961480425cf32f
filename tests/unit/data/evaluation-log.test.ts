/** What is kept of an evaluation on the way, so that a run that was killed can go on. */
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvaluatedItem } from '../../../data/evaluation/evaluated-item.js'
import { findLog, resumeLog, startLog } from '../../../data/evaluation/evaluation-log.js'
import { readPredictions, writePredictions } from '../../../data/evaluation/predictions-file.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-log-'))
})

afterAll(() => rm(folder, { recursive: true }))

function item(id: string, changes: Partial<EvaluatedItem> = {}): EvaluatedItem {
  const counts = { attempts: 1, bound: 1, elapsedMs: 5 }
  const words = { question: 'How many?', intent: 'metric', expected: 'answer' } as const
  return { id, ...words, verdict: 'right', reason: '', ...counts, ...changes }
}

const settings = { generator: 'rules', questions: 'abc' }

describe('the log', () => {
  it('keeps each verdict as it comes and gives them back to the same kind of run', async () => {
    const path = join(folder, 'new', 'run.jsonl')
    const log = await startLog(path, settings)
    await log.append(item('1'))
    await log.append(item('2', { verdict: 'wrong' }))
    const again = await resumeLog(path, settings)
    expect([...(again?.known.values() ?? [])]).toEqual([item('1'), item('2', { verdict: 'wrong' })])
  })

  it('drops a last line that was cut by a kill, and writes whole lines behind it', async () => {
    const path = join(folder, 'cut.jsonl')
    const log = await startLog(path, settings)
    await log.append(item('1'))
    await writeFile(path, `${await readFile(path, 'utf8')}{"id":"2","verd`)
    const again = await resumeLog(path, settings)
    expect([...(again?.known.keys() ?? [])]).toEqual(['1'])
    await again?.append(item('3'))
    expect([...((await resumeLog(path, settings))?.known.keys() ?? [])]).toEqual(['1', '3'])
  })

  it('is not joined to a run that was asked otherwise', async () => {
    const path = join(folder, 'other.jsonl')
    await startLog(path, settings)
    expect(await resumeLog(path, { ...settings, generator: 'local' })).toBeUndefined()
    expect(await resumeLog(join(folder, 'none.jsonl'), settings)).toBeUndefined()
  })

  it('asks again what could not be judged', async () => {
    const path = join(folder, 'unjudged.jsonl')
    const log = await startLog(path, settings)
    await log.append(item('1', { verdict: 'unjudged' }))
    expect((await resumeLog(path, settings))?.known.size).toBe(0)
  })

  it('is found in its folder, the newest first', async () => {
    const own = join(folder, 'several')
    const newer = { ...settings, questions: 'several' }
    for (const [name, time] of [['a', 100] as const, ['b', 300] as const, ['c', 200] as const]) {
      const path = join(own, `${name}.jsonl`)
      await startLog(path, newer)
      await utimes(path, time, time)
    }
    expect((await findLog(own, newer))?.path).toBe(join(own, 'b.jsonl'))
    expect(await findLog(own, settings)).toBeUndefined()
    expect(await findLog(join(folder, 'nowhere'), settings)).toBeUndefined()
  })
})

describe('the predictions file', () => {
  it('has a line for each question with gold SQL, as the official evaluator reads it', async () => {
    const path = join(folder, 'predicted.txt')
    const database = 'pets'
    await writePredictions(path, [
      item('1', { database, goldSql: 'SELECT 1', predictedSql: "SELECT\n  'a  b'\tFROM t" }),
      item('2', { database, goldSql: 'SELECT\n2' }),
      item('3', { database, expected: 'refusal' }),
    ])
    expect(await readFile(path, 'utf8')).toBe("SELECT   'a  b' FROM t\tpets\n-\tpets\n")
    expect(await readFile(`${path}.gold`, 'utf8')).toBe('SELECT 1\tpets\nSELECT 2\tpets\n')
    const predictions = ["SELECT   'a  b' FROM t", undefined]
    expect(await readPredictions(path)).toEqual({ ok: true, predictions })
  })

  it('that is missing is told as a sentence', async () => {
    const message = `Cannot read the predictions ${join(folder, 'lost.txt')}.`
    expect(await readPredictions(join(folder, 'lost.txt'))).toEqual({ ok: false, message })
  })
})
