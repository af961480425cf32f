/** Reads `--levers grammar=off,samples=0`: parts of the local model's work to measure with and without. */
import { z } from 'zod'
import type { Levers } from '../../agents/generators/local/levers.js'

const onOff = z.enum(['on', 'off']).transform((word) => word === 'on')

const levers = z.strictObject({
  grammar: z.enum(['always', 'rescue', 'off']),
  schemaFilter: onOff,
  valueHints: onOff,
  samples: z.coerce.number().int().min(0).max(64),
  repair: onOff,
})

/** Those named; undefined when one of them, or its value, is unknown. */
export function parseLevers(text: string): Partial<Levers> | undefined {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.some(({ length }) => length !== 2)) return undefined
  return levers.partial().safeParse(Object.fromEntries(pairs)).data
}
