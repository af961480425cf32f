/** Things kept open while they are wanted: how many, which go first, and none under a user's hands. */
import { describe, expect, it } from 'vitest'
import { keepRecent } from '../../../src/keep-recent.js'

function recorded(most: number) {
  const happened: string[] = []
  let failing = ''
  const recent = keepRecent<string>({
    most,
    open: async (key) => {
      happened.push(`open ${key}`)
      if (key === failing) throw new Error(`no ${key}`)
      return key
    },
    close: async (key) => void happened.push(`close ${key}`),
  })
  const fail = (key: string) => {
    failing = key
  }
  return { recent, happened, fail }
}

const same = async (key: string) => key

describe('things that are kept open while they are wanted', () => {
  it('are opened once, and the longest unused is closed first', async () => {
    const { recent, happened } = recorded(2)
    for (const key of ['a', 'b', 'a', 'c']) expect(await recent.use(key, same)).toBe(key)
    await recent.close()
    expect(happened).toEqual(['open a', 'open b', 'open c', 'close b', 'close a', 'close c'])
  })

  it('are not closed under the hands of those who use them', async () => {
    const { recent, happened } = recorded(1)
    const items = recent.stream('a', async function* (key) {
      yield `${key}1`
      yield `${key}2`
    })
    expect((await items.next()).value).toBe('a1')
    await recent.use('b', same)
    expect(happened).not.toContain('close a')
    expect((await items.next()).value).toBe('a2')
    await items.next()
    await recent.use('b', same)
    expect(happened).toContain('close a')
  })

  it('are given back by who leaves a stream early or fails', async () => {
    const { recent, happened } = recorded(1)
    for await (const _ of recent.stream('a', async function* () {
      yield 1
      yield 2
    })) {
      break
    }
    const failing = recent.use('a', () => Promise.reject(new Error('work')))
    await expect(failing).rejects.toThrow('work')
    await recent.use('b', same)
    expect(happened).toContain('close a')
  })

  it('are opened again after closing, and after an opening that failed', async () => {
    const { recent, happened, fail } = recorded(1)
    fail('a')
    await expect(recent.use('a', same)).rejects.toThrow('no a')
    fail('')
    for (const key of ['a', 'b', 'a']) expect(await recent.use(key, same)).toBe(key)
    expect(happened.filter((event) => event === 'open a')).toHaveLength(3)
  })
})
