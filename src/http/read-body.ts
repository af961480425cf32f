/** Reads a body by its zod schema, and says what is wrong with one that does not fit. */
import { z } from 'zod'
import { HttpError } from './http-error.js'

/** Most problems of one body that are worth reading, and characters of each. */
const maxHints = 5
const maxHintLength = 200

/** Half characters and NUL end up as something else in files, databases and prompts. */
export const plainText = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'holds no plain text')

/** Throws `invalid_request` with one hint per field that is wrong. */
export function readBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const hints = parsed.error.issues
    .slice(0, maxHints)
    .map(({ path, message }) =>
      [path.join('.'), message].filter(Boolean).join(': ').slice(0, maxHintLength),
    )
  throw new HttpError('invalid_request', 'The request does not have the expected form.', hints)
}
