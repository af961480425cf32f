/** The commands about what a home keeps: `parley backup` and `parley restore`. */
import type { Command } from 'commander'
import { backup } from './commands/backup.js'
import { restore } from './commands/restore.js'
import type { RunCommand } from './data-commands.js'

export function addHomeCommands(program: Command, run: RunCommand): void {
  program
    .command('backup')
    .description('write conversations, approved pairs, cards and keys into one file')
    .option('--out <file>', 'where to; parley-backup-DATE.sqlite if not given')
    .option('--force', 'replace a file that is there')
    .option('--json', 'print the result as JSON')
    .action((options) => run(backup, options))
  program
    .command('restore')
    .description('take them back from such a file')
    .argument('<file>', 'what backup wrote')
    .option('--force', 'put aside what this home has')
    .option('--json', 'print the result as JSON')
    .action((file, options) => run(restore, { ...options, file }))
}
