/** The spelling index finds exactly what comparing every key would find. */
import { expect, it } from 'vitest'
import { createSpellingIndex, editDistance } from '../../../rag/close-spelling.js'

it('counts a swap of neighbours as one edit', () => {
  expect(editDistance('groceries', 'groecries', 2)).toBe(1)
  expect(editDistance('lisbon', 'lisbn', 2)).toBe(1)
  expect(editDistance('lisbon', 'lissbon', 2)).toBe(1)
  expect(editDistance('north', 'south', 2)).toBe(2)
  expect(editDistance('north', 'electronics', 2)).toBeGreaterThan(2)
})

it('finds one edit from five letters on and two from nine on', () => {
  const index = createSpellingIndex(['east', 'north', 'groceries'])
  expect(index.near('esat')).toEqual([])
  expect(index.near('nroth').map(({ key }) => key)).toEqual(['north'])
  expect(index.near('nrothe')).toEqual([])
  expect(index.near('grocreis')).toEqual([])
  expect(index.near('grocreies').map(({ key }) => key)).toEqual(['groceries'])
  expect(index.near('kroserries').map(({ key }) => key)).toEqual([])
  expect(index.near('north')).toEqual([])
})

it('agrees with comparing every key, over hundreds of random misspellings', () => {
  const random = randomNumbers(7)
  const keys = Array.from({ length: 400 }, () => randomWord(random, 4 + (random() % 12)))
  const index = createSpellingIndex(keys)
  for (let round = 0; round < 400; round += 1) {
    const key = keys[random() % keys.length] ?? ''
    const text = misspelt(random, misspelt(random, key))
    const expected = keys.filter(
      (each) => each !== text && editDistance(text, each, 9) <= allowed(text, each),
    )
    expect(new Set(index.near(text).map((hit) => hit.key)), text).toEqual(new Set(expected))
  }
})

function allowed(...words: readonly string[]): number {
  return Math.min(...words.map(({ length }) => (length >= 9 ? 2 : length >= 5 ? 1 : 0)))
}

function misspelt(random: () => number, word: string): string {
  const place = random() % word.length
  const [before, letter, after] = [word.slice(0, place), word[place] ?? '', word.slice(place + 1)]
  const kinds = [
    before + after,
    before + randomWord(random, 1) + after,
    before + letter + randomWord(random, 1) + after,
    before + (after[0] ?? '') + letter + after.slice(1),
  ]
  return kinds[random() % kinds.length] ?? word
}

function randomWord(random: () => number, length: number): string {
  return Array.from({ length }, () => 'abcde'[random() % 5]).join('')
}

function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state >> 8
  }
}
