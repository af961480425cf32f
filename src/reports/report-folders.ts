/** Where reports lie under a home: evaluations in one folder, and a log in the folder of each training run. */
import { join } from 'node:path'

export function evaluationFolder(home: string): string {
  return join(home, 'reports')
}

/** What is judged by its form has reports of another form. */
export function formsFolder(home: string): string {
  return join(evaluationFolder(home), 'logical-forms')
}

export function trainingFolder(home: string): string {
  return join(home, 'training')
}

/** In the folder of a run; `models/training` writes it. */
export const trainingLogName = 'log.jsonl'
