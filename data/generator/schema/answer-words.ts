/** Counts, lists and sentences of answers about the schema. */
import { joined } from '../templates/say.js'

/** More names than this in one answer are cut. */
const mostNames = 30

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

export function listed(names: readonly string[]): string {
  if (names.length <= mostNames) return joined(names)
  return `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`
}

export function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
