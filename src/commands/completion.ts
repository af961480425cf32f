/** `parley completion`: a script that has a shell complete the commands and their options. */
import type { Command } from 'commander'
import { type CommandFacts, type Shell, shellCompletion, shells } from '../chat/shell-completion.js'
import { exitCodes } from '../exit-codes.js'
import type { CommandContext } from './command-context.js'

export interface CompletionOptions {
  readonly shell: string
  /** The whole command, which is read. */
  readonly program: Command
}

export async function completion(
  { shell, program }: CompletionOptions,
  { terminal }: Pick<CommandContext, 'terminal'>,
): Promise<number> {
  const known: Shell | undefined = shells.find((name) => name === shell)
  if (!known) {
    terminal.say(`Use: parley completion ${shells.join('|')}`)
    return exitCodes.usage
  }
  terminal.print(shellCompletion(known, factsOf(program, '')).trimEnd())
  return exitCodes.answered
}

function factsOf(command: Command, path: string): readonly CommandFacts[] {
  const options = command.options.flatMap(({ long, description }) =>
    long ? [{ flag: long, description }] : [],
  )
  const own: CommandFacts = {
    path,
    description: command.description(),
    subcommands: command.commands.map((each) => each.name()),
    options,
  }
  const below = command.commands.flatMap((each) => factsOf(each, `${path} ${each.name()}`.trim()))
  return [own, ...below]
}
