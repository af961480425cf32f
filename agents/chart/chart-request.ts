/** Reads from a question which chart was asked for, in so many words or by its purpose. */
import type { ChartKind } from './figure.js'

export interface ChartRequest {
  /** A kind named in the question. */
  readonly kind?: ChartKind
  /** Parts of a whole were asked for. */
  readonly share: boolean
  /** How two numbers hang together was asked for. */
  readonly relation: boolean
  /** How values spread was asked for. */
  readonly spread: boolean
  /** Two or more things are set side by side. */
  readonly comparison: boolean
}

const chartWord = '(?:chart|graph|plot|diagram)'

const namedKinds: readonly (readonly [RegExp, ChartKind])[] = [
  [
    /\b(?:as|in|into) (?:a |an )?(?:plain |simple )?(?:table|tabular)\b(?! (?:of|named|called))/i,
    'table',
  ],
  [
    new RegExp(`\\b(?:pie|donut|doughnut) ?${chartWord}\\b|\\bas (?:a )?(?:pie|donut)\\b`, 'i'),
    'pie',
  ],
  [/\bhistogram\b/i, 'histogram'],
  [/\bheat ?-?map\b/i, 'heat_map'],
  [new RegExp(`\\bscatter(?:ed)? ?-?${chartWord}?\\b`, 'i'), 'scatter'],
  [/\bstacked\b/i, 'stacked_bar'],
  [/\bgrouped bars?\b|\bside[- ]by[- ]side\b|\bclustered\b/i, 'grouped_bar'],
  [new RegExp(`\\barea ${chartWord}\\b`, 'i'), 'area'],
  [new RegExp(`\\bline ?${chartWord}\\b|\\bas (?:a )?lines?\\b`, 'i'), 'line'],
  [new RegExp(`\\b(?:bars?|columns?) ?${chartWord}\\b|\\bas bars\\b`, 'i'), 'bar'],
]

export function readChartRequest(question: string): ChartRequest {
  const kind = namedKinds.find(([pattern]) => pattern.test(question))?.[1]
  return {
    ...(kind && { kind }),
    share:
      /\b(shares?|breakdown|break down|percentages?|proportions?|composition|makes? up|parts? of)\b/i.test(
        question,
      ),
    relation: /\b(relationship|relation|correlat\w+|against|depends? on|scatter)\b/i.test(question),
    spread: /\b(distribut\w+|histogram|spread|range of)\b/i.test(question),
    comparison: /\b(compar\w+|versus|vs\.?|against|difference)\b/i.test(question),
  }
}
