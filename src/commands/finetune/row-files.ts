/** Where rows lie between being prepared and being sent. */
import { join } from 'node:path'

/** The first is trained on; the second, where there is one, is measured with. */
export const rowFiles = ['train.jsonl', 'validation.jsonl'] as const

/** What the server takes for a few hundred rows, unless it is told otherwise. */
export const usualEpochs = 3

export function rowsFolder(home: string): string {
  return join(home, 'finetune', 'openai', 'rows')
}
