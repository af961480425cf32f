/** What a comparison of two answers comes to, in a sentence. */
import type { Turn } from '../../chat/turn-state.js'
import type { Context } from '../../context.js'
import type { GeneratorsWords } from '../../messages/set-up/generators/en.js'
import { compareResults } from './compare-results.js'

interface NamedTurn {
  readonly name: string
  readonly turn: Turn
}

export function verdictOf(
  left: NamedTurn,
  right: NamedTurn,
  { verdicts }: GeneratorsWords,
  { locale }: Context,
): string {
  const [ours, theirs] = [resultOf(left.turn), resultOf(right.turn)]
  if (!ours && !theirs) return verdicts.neither
  if (!ours) return verdicts.onlyOne(right.name)
  if (!theirs) return verdicts.onlyOne(left.name)
  const compared = compareResults(ours, theirs)
  const partly = compared.isPartial ? ` ${verdicts.partly}` : ''
  if (compared.kind === 'equal' || compared.kind === 'reordered') {
    return `${verdicts[compared.kind]}${partly}`
  }
  const counts = [locale.number(compared.left), locale.number(compared.right)] as const
  if (compared.kind === 'columns') return `${verdicts.columns(...counts)}${partly}`
  return `${verdicts.rows(left.name, counts[0], right.name, counts[1])}${partly}`
}

function resultOf({ answer, data }: Turn): Turn['data'] {
  return answer?.ok ? data : undefined
}
