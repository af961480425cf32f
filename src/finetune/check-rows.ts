/** Looks at rows before they are sent: what the server would refuse after an hour is said at once, and what they may cost. */
import { z } from 'zod'

/** OpenAI's limits: https://platform.openai.com/docs/guides/supervised-fine-tuning */
const leastRows = 10
const mostBytes = 512_000_000
/** Of one row, for every model that can be tuned. */
const mostRowTokens = 65_536
/** UTF-8 bytes of a token, at least: estimates are rather too high. */
const bytesPerToken = 3
const million = 1_000_000

const message = (role: string) =>
  z.strictObject({ role: z.literal(role), content: z.string().min(1) })
const row = z.strictObject({
  messages: z.tuple([message('system'), message('user'), message('assistant')]),
})

export interface CheckedRows {
  readonly rows: number
  readonly bytes: number
  /** An estimate, of one pass. */
  readonly tokens: number
  /** Empty where they can be sent. */
  readonly problems: readonly string[]
}

/** `name` is the file's, for the problems. */
export function checkRows(name: string, text: string): CheckedRows {
  const lines = text.split('\n').filter(Boolean)
  const bytes = Buffer.byteLength(text)
  const wrong = lines.flatMap((line, at) => {
    const why = problemOf(line)
    return why === undefined ? [] : [`${name}, line ${at + 1}: ${why}`]
  })
  const problems = [
    ...wrong.slice(0, 5),
    ...(lines.length < leastRows
      ? [`${name} has ${lines.length} rows; ${leastRows} are the least.`]
      : []),
    ...(bytes > mostBytes ? [`${name} has ${bytes} bytes; ${mostBytes} are the most.`] : []),
  ]
  return { rows: lines.length, bytes, tokens: tokensOf(bytes), problems }
}

function problemOf(line: string): string | undefined {
  if (tokensOf(Buffer.byteLength(line)) > mostRowTokens) {
    return `longer than ${mostRowTokens} tokens.`
  }
  try {
    return row.safeParse(JSON.parse(line)).success
      ? undefined
      : 'no chat of system, user and assistant.'
  } catch {
    return 'no JSON.'
  }
}

function tokensOf(bytes: number): number {
  return Math.ceil(bytes / bytesPerToken)
}

/** What a run comes to, as far as that can be said: prices of training are the server's, and change. */
export function priceNote(tokens: number, epochs: number, pricePerMillion?: number): string {
  const trained = `At most about ${tokens.toLocaleString('en')} tokens a pass, ${(tokens * epochs).toLocaleString('en')} in ${epochs} passes`
  if (pricePerMillion === undefined) {
    return `${trained}; training is paid by the token, at the price that the server lists (--price tells what that comes to).`
  }
  const money = ((tokens * epochs) / million) * pricePerMillion
  return `${trained}: ${money.toFixed(2)} at ${pricePerMillion} a million.`
}
