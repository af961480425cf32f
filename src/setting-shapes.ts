/** The shapes that settings have: what is written in the environment, and what is made of it. */
import { z } from 'zod'
import { usualGenerators } from '../agents/generator-name.js'

/** A setting in seconds, as milliseconds. */
export const seconds = (milliseconds: number) =>
  z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(milliseconds / 1000)
    .transform((count) => count * 1000)
export const count = (usual: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(usual)
export const price = z
  .string()
  .regex(/^[^=]+=\d+(\.\d+)?\/\d+(\.\d+)?$/, 'a price is model=0.25/2')
  .transform((text) => {
    const [model = '', costs = ''] = text.split('=')
    const [input = 0, output = 0] = costs.split('/').map(Number)
    return [model, { input, output }] as const
  })
export const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))

export const compared = z
  .string()
  .regex(/^[a-z]+:(0?\.\d+|1)$/, 'a generator and a share, such as openai:0.2')
  .transform((text) => {
    const [generator = '', share] = text.split(':')
    return { generator, share: Number(share) }
  })
  .pipe(z.object({ generator: z.enum(usualGenerators), share: z.number().positive() }))

export const serverAddress = (usual: string) =>
  z
    .union([z.literal('off'), z.url({ protocol: /^https?$/ })])
    .default(usual)
    .transform((address) => (address === 'off' ? undefined : address.replace(/\/+(v1\/?)?$/, '')))

/** Servers that serve one model, with commas between them. */
export const modelServers = list.pipe(
  z.array(
    z
      .url({ protocol: /^https?$/ })
      .refine((url) => !/\/\/[^/]*@/.test(url), 'A key belongs into PARLEY_OPENAI_KEY.'),
  ),
)
