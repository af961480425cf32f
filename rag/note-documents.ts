/** The documents of what people told: their texts in pieces, and a line for each term. */
import type { Catalog, Table } from '../data/catalog.js'
import type { KnowledgeDocument } from './knowledge.js'
import { cutText, spokenName, stem, wordsOf } from './words.js'

/** A sentence model reads about 256 tokens: longer texts would be cut unseen. */
const maxPieceCharacters = 900
const maxTables = 5

export function noteDocuments(catalog: Catalog): readonly KnowledgeDocument[] {
  return (catalog.notes ?? []).flatMap(({ id, title, text }) =>
    piecesOf(text).map((piece, index) => {
      const written = `${title}. ${piece}`
      return {
        id: `note:${id}:${index}`,
        kind: 'note' as const,
        text: written,
        tables: tablesTold(catalog, written),
      }
    }),
  )
}

export function termDocuments({ terms = [] }: Catalog): readonly KnowledgeDocument[] {
  return terms.map(({ id, names, table, column, value, expression }) => {
    const meaning = expression ?? [column ?? '', value].filter(Boolean).join(' = ')
    return {
      id: `term:${id}`,
      kind: 'note' as const,
      text: cutText(`${names.join(', ')}: ${spokenName(table)} ${meaning}`, maxPieceCharacters),
      tables: [table],
    }
  })
}

/** Whole paragraphs as far as they fit; a longer one is cut between words. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  for (const paragraph of text.split(/\n\s*\n/).flatMap(cutParagraph)) {
    const last = pieces.at(-1)
    if (last !== undefined && last.length + paragraph.length < maxPieceCharacters) {
      pieces[pieces.length - 1] = `${last} ${paragraph}`
    } else if (paragraph !== '') pieces.push(paragraph)
  }
  return pieces
}

function cutParagraph(paragraph: string): readonly string[] {
  const plain = paragraph.replace(/\s+/g, ' ').trim()
  if (plain.length <= maxPieceCharacters) return [plain]
  const cut = cutText(plain, maxPieceCharacters)
  const end = Math.max(cut.lastIndexOf(' '), maxPieceCharacters / 2)
  return [plain.slice(0, end), ...cutParagraph(plain.slice(end))]
}

/** Tables whose every word, or whose written name, stands in the text. */
function tablesTold({ tables }: Catalog, text: string): readonly string[] {
  const stems = new Set(wordsOf(text).map(stem))
  const isNamed = ({ name, aliases = [] }: Table) =>
    [name, ...aliases].some((each) => {
      const words = wordsOf(each)
      return words.length > 0 && words.every((word) => stems.has(stem(word)))
    })
  return tables
    .filter(isNamed)
    .slice(0, maxTables)
    .map(({ name }) => name)
}
