/** Finds documents by the words they share with a question: BM25 over stems, synonyms counting less. */
import { synonymsOf } from './synonyms.js'
import { stem, wordsOf } from './words.js'

/** BM25's usual constants: how fast repeats saturate, and how much long texts are held back. */
const saturation = 1.2
const lengthWeight = 0.5
/** A synonym is a weaker sign than the word itself. */
const synonymWeight = 0.5

/** Words that say how a question is put, not what it is about. */
const silentWords: ReadonlySet<string> = new Set(
  `a an and are as at be by did do does each every for from get give had has have how i in is it
   its list many me most much of on or our please s show tell than that the their them there these
   they this to us was we were what when where which who whose why with you your`.split(/\s+/),
)

export interface WordHit {
  readonly id: string
  /** BM25 score; larger is better, comparable within one question only. */
  readonly score: number
}

export interface WordIndex {
  /** Documents that share at least one word with the text, best first, ties by id. */
  search(text: string, count: number): readonly WordHit[]
}

interface Posting {
  readonly document: number
  readonly frequency: number
}

export function createWordIndex(
  documents: readonly { readonly id: string; readonly text: string }[],
): WordIndex {
  const postings = new Map<string, Posting[]>()
  const lengths = documents.map(({ text }, document) => addPostings(postings, text, document))
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1)
  return {
    search: (text, count) => {
      const scores = new Map<number, number>()
      for (const [term, weight] of queryTerms(text)) {
        const found = postings.get(term) ?? []
        const rarity = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5))
        for (const { document, frequency } of found) {
          const relativeLength = (lengths[document] ?? 0) / meanLength
          const damping = saturation * (1 - lengthWeight + lengthWeight * relativeLength)
          const gain = (frequency * (saturation + 1)) / (frequency + damping)
          scores.set(document, (scores.get(document) ?? 0) + weight * rarity * gain)
        }
      }
      return bestHits(scores, documents, count)
    },
  }
}

/** Returns the number of words the document has. */
function addPostings(postings: Map<string, Posting[]>, text: string, document: number): number {
  const frequencies = new Map<string, number>()
  const stems = wordsOf(text).map(stem)
  for (const term of stems) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  for (const [term, frequency] of frequencies) {
    const found = postings.get(term)
    if (found) found.push({ document, frequency })
    else postings.set(term, [{ document, frequency }])
  }
  return stems.length
}

function queryTerms(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(text).filter((word) => !silentWords.has(word))
  const weights = new Map(words.map((word) => [stem(word), 1]))
  for (const synonym of words.flatMap(synonymsOf)) {
    if (!weights.has(synonym)) weights.set(synonym, synonymWeight)
  }
  return weights
}

function bestHits(
  scores: ReadonlyMap<number, number>,
  documents: readonly { readonly id: string }[],
  count: number,
): readonly WordHit[] {
  return [...scores]
    .map(([document, score]) => ({ id: documents[document]?.id ?? '', score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, count)
}
