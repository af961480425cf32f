/** `parley data download`: where the public sets are to be had, and how to lay them out. Fetches nothing. */
import { type PublicSet, publicSets } from '../../../data/training/spider/public-sets.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'

export interface DownloadOptions {
  /** All sets when left out. */
  readonly set?: string
  readonly json?: boolean
}

export async function download({ set, json }: DownloadOptions, { terminal }: CommandContext) {
  const chosen = publicSets.filter(({ name }) => set === undefined || name === set)
  if (chosen.length === 0) {
    const known = publicSets.map(({ name }) => name).join(', ')
    terminal.say(`There is no set ${set} here. Known: ${known}.`)
    return exitCodes.usage
  }
  terminal.print(json ? JSON.stringify(chosen) : chosen.map(textOf).join('\n\n'))
  return exitCodes.answered
}

function textOf({ name, holds, from, licence, layout }: PublicSet): string {
  return [
    `${name}: ${holds}`,
    `  from     ${from}`,
    `  licence  ${licence}`,
    '  layout',
    ...layout.map((path) => `    ${name}/${path}`),
  ].join('\n')
}
