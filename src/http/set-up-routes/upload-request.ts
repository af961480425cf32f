/** Which requests carry files: they may take longer to arrive than others. */
import type { IncomingMessage } from 'node:http'

export const datasetsPath = '/api/v1/datasets'

export function isUpload({ method, url = '', headers }: IncomingMessage): boolean {
  const [path] = url.split('?')
  return (
    method === 'POST' &&
    path === datasetsPath &&
    /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
  )
}
