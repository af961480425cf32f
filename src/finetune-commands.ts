/** The sub-commands of `parley finetune openai`. */
import type { Command } from 'commander'
import { demoHelp, oneSource, readDemo } from './commands/demo-option.js'
import { cancel, status, watch } from './commands/finetune/follow.js'
import { prepare } from './commands/finetune/prepare.js'
import { submit } from './commands/finetune/submit.js'
import type { RunCommand } from './data-commands.js'

const jobHelp = 'its id; the newest if not given'
const jsonHelp = 'print the result as JSON'

export function addFinetuneCommands(program: Command, run: RunCommand): void {
  const finetune = program.command('finetune').description('tune a model on a server')
  const tuning = finetune.command('openai').description('with pairs of your own, by its API')
  tuning
    .command('prepare')
    .description('write rows from what generate wrote; nothing is sent')
    .requiredOption('--pairs <folder>', 'with train.jsonl and validation.jsonl')
    .option('--source <source>', 'what the pairs are about')
    .option('--demo <name>', demoHelp, readDemo)
    .option('--out <folder>', 'where the rows go; below PARLEY_HOME if not given')
    .option('--price <number>', 'what a million tokens of training cost')
    .option('--json', jsonHelp)
    .action(({ demo, ...options }, command) =>
      run(prepare, { ...options, source: oneSource(options.source, demo, command) }),
    )
  tuning
    .command('submit')
    .description('send the rows and begin a job, which is paid for')
    .requiredOption('--model <name>', 'what to tune, such as gpt-4.1-mini-2025-04-14')
    .option('--folder <folder>', 'of the rows, where prepare was given one')
    .option('--suffix <name>', 'stands in the name of the tuned model')
    .option('--epochs <number>', 'passes over the rows; the server chooses if not given')
    .option('--again', 'also while another job is under way')
    .option('--json', jsonHelp)
    .action((options) => run(submit, options))
  tuning
    .command('status')
    .description('say how a job goes')
    .option('--job <id>', jobHelp)
    .option('--json', jsonHelp)
    .action((options) => run(status, options))
  tuning
    .command('watch')
    .description('show how a job goes until it is over; Ctrl-C leaves it going')
    .option('--job <id>', jobHelp)
    .option('--every <seconds>', 'how often to look', '10')
    .option('--json', jsonHelp)
    .action((options) => run(watch, options))
  tuning
    .command('cancel')
    .description('end a job')
    .option('--job <id>', jobHelp)
    .option('--json', jsonHelp)
    .action((options) => run(cancel, options))
}
