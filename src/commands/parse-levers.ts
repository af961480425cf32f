/** Reads `--levers grammar=off,samples=0`: parts of the local model's work to measure with and without. */
import { z } from 'zod'
import type { Levers } from '../../agents/generators/local/levers.js'

const onOff = z.enum(['on', 'off']).transform((word) => word === 'on')

const levers = z.strictObject({
  grammar: z.enum(['always', 'rescue', 'off']),
  schemaFilter: onOff,
  nameHints: onOff,
  valueHints: onOff,
  samples: z.coerce.number().int().min(0).max(64),
  repair: onOff,
})

/** Those named; undefined when nothing was typed, `wrong` when a lever or its position is unknown. */
export function parseLevers(typed: string | undefined): Partial<Levers> | 'wrong' | undefined {
  if (typed === undefined) return undefined
  const pairs = typed.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.some(({ length }) => length !== 2)) return 'wrong'
  return levers.partial().safeParse(Object.fromEntries(pairs)).data ?? 'wrong'
}
