/** The commands that go on: `parley chat` for people, `parley mcp` for agents; and `parley completion` for shells. */
import type { Command } from 'commander'
import { chat } from './commands/chat.js'
import { completion } from './commands/completion.js'
import { demoHelp, oneSource, readDemo } from './commands/demo-option.js'
import { mcp } from './commands/mcp.js'
import type { RunCommand } from './data-commands.js'

export function addTerminalCommands(program: Command, run: RunCommand, sourceHelp: string): void {
  program
    .command('chat')
    .description('ask one question after the other, with follow-ups, charts and a history')
    .argument('[source]', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .option('--json', 'print each answer as one line of JSON')
    .action((source, { demo, ...options }, command) =>
      run(chat, { ...options, source: oneSource(source, demo, command) }),
    )
  program
    .command('mcp')
    .description('answer clients of the Model Context Protocol on standard input and output')
    .argument('[source]', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .action((source, { demo }, command) => run(mcp, { source: oneSource(source, demo, command) }))
  program
    .command('completion')
    .description('print a script that has your shell complete parley')
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell) => run(completion, { shell, program }))
}
