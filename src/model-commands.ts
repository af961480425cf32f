/** The sub-commands of `parley model`. */
import type { Command } from 'commander'
import { activateAdapter, listAdapters, rollBackAdapter } from './commands/model.js'
import type { RunCommand } from './data-commands.js'

export function addModelCommands(program: Command, run: RunCommand): void {
  const model = program.command('model').description('the local model and its adapters')
  model
    .command('list')
    .description('show the adapters, their scores and which one is in use')
    .option('--json', 'print them as JSON')
    .action((options) => run(listAdapters, options))
  model
    .command('activate')
    .description('use another adapter from now on')
    .argument('<adapter>', 'its name; none for the base model alone, auto for the best score')
    .option('--json', 'print the adapters as JSON')
    .action((adapter, options) => run(activateAdapter, { ...options, adapter }))
  model
    .command('rollback')
    .description('use again what was chosen before')
    .option('--json', 'print the adapters as JSON')
    .action((options) => run(rollBackAdapter, options))
}
