/** Tells a comparison what people thought of answers. */
import type { Notebook } from '../notebook.js'
import type { Comparison } from './comparison.js'

export function watchJudgements(notebook: Notebook, comparison: Comparison | undefined): Notebook {
  if (!comparison) return notebook
  return {
    ...notebook,
    giveFeedback: async (answerId, feedback) => {
      const isKept = await notebook.giveFeedback(answerId, feedback)
      if (isKept) comparison.judged(answerId, feedback.verdict)
      return isKept
    },
  }
}
