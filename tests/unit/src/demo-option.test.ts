/** `--demo NAME` on the command line. */
import { Command, CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { demoHelp, oneSource, readDemo } from '../../../src/commands/demo-option.js'

/** What a command with the option would open, or what it complains about. */
function chosen(...words: string[]): string | undefined {
  let complaint = ''
  let source: string | undefined
  const command = new Command('ask')
    .argument('[source]')
    .option('--demo <name>', demoHelp, readDemo)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (complaint += text) })
    .action((given, { demo }, self) => {
      source = oneSource(given, demo, self)
    })
  try {
    command.parse(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode === 0) throw error
    return complaint
  }
  return source
}

describe('--demo', () => {
  it('stands for the source of the demo', () => {
    expect(chosen('--demo', 'finance')).toBe('demo:finance')
    expect(chosen('sales.duckdb')).toBe('sales.duckdb')
    expect(chosen()).toBeUndefined()
  })

  it('refuses a name that is none, with the names that are', () => {
    expect(chosen('--demo', 'moon')).toContain(
      'The demos are retail, ecommerce, finance, healthcare, saas.',
    )
  })

  it('refuses a source beside it', () => {
    expect(chosen('sales.duckdb', '--demo', 'finance')).toContain('not both')
  })
})
