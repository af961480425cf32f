/** Makes readable SQL names from file, sheet and header names. */

/** `Order Items (2023)` becomes `order_items_2023`; letters of every script stay. */
export function tableName(text: string): string {
  const name = text
    .normalize('NFC')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
  if (name === '') return 'data'
  return /^\p{N}/u.test(name) ? `data_${name}` : name
}

/** The name itself, or with `_2`, `_3` … when it is taken, as DuckDB compares names: without case. */
export function uniqueName(name: string, taken: Set<string>): string {
  let candidate = name
  for (let copy = 2; taken.has(candidate.toLowerCase()); copy += 1) candidate = `${name}_${copy}`
  taken.add(candidate.toLowerCase())
  return candidate
}
