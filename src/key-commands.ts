/** The sub-commands of `parley key`. */
import type { Command } from 'commander'
import { createKey, listKeys, revokeKey } from './commands/key.js'
import type { RunCommand } from './data-commands.js'

export function addKeyCommands(program: Command, run: RunCommand): void {
  const key = program.command('key').description('API keys, for a service that others can reach')
  key
    .command('create')
    .description('make a key, and show it this once')
    .requiredOption('--name <name>', 'whose it is, or what for')
    .requiredOption('--scope <name>', 'ask, curate (also teach) or admin (everything)')
    .option('--json', 'print it as JSON')
    .action((options) => run(createKey, options))
  key
    .command('list')
    .description('show who has which key')
    .option('--json', 'print them as JSON')
    .action((options) => run(listKeys, options))
  key
    .command('revoke')
    .description('make a key worthless at once')
    .argument('<key>', 'its id or its name')
    .option('--json', 'print it as JSON')
    .action((name, options) => run(revokeKey, { ...options, key: name }))
}
