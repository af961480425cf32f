/** Names a file after the question that it answers; nothing of it can be a path or a name that a system keeps for itself. */

const maxLength = 80
const keptBySystems = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** `total-sales-by-region.csv`. `part` says that something is missing. */
export function fileNameOf(question: string, format: string, part = ''): string {
  const words = question.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const name = [...words.join('-')].slice(0, maxLength).join('').replace(/-+$/, '').toLowerCase()
  const isUsable = name !== '' && !keptBySystems.test(name)
  return `${isUsable ? name : 'answer'}${part && `-${part}`}.${format}`
}
