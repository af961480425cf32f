/** All of an answer's result, as a file of the service's. */
import type { Turn } from '../chat/turn-state.js'
import { type Context, withDataset } from '../context.js'
import { fileName } from './conversation-file.js'

export type ResultFormat = 'csv' | 'xlsx' | 'parquet' | 'json'

export interface ResultFile {
  readonly name: string
  readonly blob: Blob
  readonly rowCount: number
  /** Whether a limit left something out. */
  readonly isCut: boolean
}

/** Rejects with `RequestError`; a link would not carry the key. */
export async function fetchResult(
  { answerId = '', question }: Turn,
  format: ResultFormat,
  context: Context,
): Promise<ResultFile> {
  const path = withDataset(`/api/v1/export/${answerId}.${format}`, context)
  const response = await context.service.send(path)
  const { headers } = response
  return {
    name: givenName(headers.get('Content-Disposition')) ?? fileName(question, format),
    blob: await response.blob(),
    rowCount: Number(headers.get('X-Parley-Rows')),
    isCut: headers.has('X-Parley-Cut'),
  }
}

/** https://www.rfc-editor.org/rfc/rfc6266: the name with an encoding counts first. */
function givenName(disposition: string | null): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? []
  if (encoded) return decodeURIComponent(encoded)
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition ?? '') ?? []
  return plain
}
