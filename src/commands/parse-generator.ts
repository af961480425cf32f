/** A generator's name as typed. */
import type { WritingGenerator } from '../../agents/sql-generator.js'

export function parseGenerator(name: string | undefined): WritingGenerator | 'unknown' | undefined {
  if (name === undefined) return undefined
  return name === 'auto' || name === 'rules' || name === 'local' ? name : 'unknown'
}
