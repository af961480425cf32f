/** `parley generate`, and the sub-commands of `parley data`. */
import type { Command } from 'commander'
import type { CommandContext } from './commands/command-context.js'
import { convertData } from './commands/convert-data.js'
import { dialect } from './commands/data/dialect.js'
import { download } from './commands/data/download.js'
import { instructions } from './commands/data/instructions.js'
import { schemas } from './commands/data/schemas.js'
import { splits } from './commands/data/splits.js'
import { untilStopped } from './commands/data/until-stopped.js'
import { verify } from './commands/data/verify.js'
import { demoHelp, oneSource, readDemo } from './commands/demo-option.js'
import { generate } from './commands/generate.js'
import { mergeGenerated } from './commands/merge-generated.js'

/** Runs a command, and ends the process by its result. */
export type RunCommand = <Options>(
  command: (options: Options, context: CommandContext) => Promise<number>,
  options: Options,
) => Promise<void>

const spiderHelp = 'the folder of Spider; data download says how it is laid out'

export function addGenerateCommand(program: Command, run: RunCommand): void {
  program
    .command('generate')
    .description('write questions with their SQL about any database, to train on')
    .option('--config <file>', 'what to write, as YAML; data/generator/example.yaml shows it')
    .option('--source <source>', 'a file or a folder; the demo when left out')
    .option('--demo <name>', demoHelp, readDemo)
    .option('--phase <name>', 'one of its phases alone')
    .option('--run-version <name>', 'a suffix for the names of the files')
    .option('--resume', 'go on with the files of a run that was stopped')
    .option('--shard <i/n>', 'write one of n shares, each on a machine of its own')
    .option('--merge <folders...>', 'put together the shards in these folders instead')
    .option('--json', 'print the report as JSON')
    .action(({ demo, ...options }, command) => {
      const given = { ...options, source: oneSource(options.source, demo, command) }
      return options.merge ? run(mergeGenerated, given) : run(generate, given)
    })
}

export function addDataCommands(program: Command, run: RunCommand): void {
  const data = program.command('data').description('check, convert and split public sets')
  data
    .command('convert')
    .description('turn a published benchmark into a questions file')
    .argument('<layout>', 'spider, bird, wikisql or nvbench')
    .argument('<folder>', 'where it was unpacked')
    .option('--out <file>', 'where the questions go')
    .option('--split <name>', 'dev, train or test', 'dev')
    .option('--databases <folder>', 'where the databases lie; beside the questions if not')
    .option('--json', 'print the result as JSON')
    .action((layout, folder, options) => run(convertData, { ...options, layout, folder }))
  data
    .command('download')
    .description('say where the public sets are to be had, and how to lay them out')
    .argument('[set]', 'one of them; all if left out')
    .option('--json', 'print them as JSON')
    .action((set, options) => run(download, { ...options, set }))
  data
    .command('verify')
    .description('check that a copy of Spider is whole')
    .argument('<spider>', spiderHelp)
    .option('--json', 'print the findings as JSON')
    .action((spider, options) => run(untilStopped(verify), { ...options, spider }))
  data
    .command('schemas')
    .description("write Spider's schemas, one file each, and an index")
    .argument('<spider>', spiderHelp)
    .option('--out <folder>', 'where they go')
    .option('--json', 'print the result as JSON')
    .action((spider, options) => run(schemas, { ...options, spider }))
  addRewritingCommands(data, run)
}

function addRewritingCommands(data: Command, run: RunCommand): void {
  data
    .command('instructions')
    .description("write Spider's questions as lines to tune a chat model on")
    .argument('<spider>', spiderHelp)
    .option('--out <file>', 'where the lines go')
    .option('--format <name>', 'gemma, with its turn markers, or chat, as messages', 'gemma')
    .option('--split <name>', 'train or dev', 'train')
    .option('--converted <file>', 'questions that data dialect wrote, instead of SQLite')
    .option('--json', 'print the result as JSON')
    .action((spider, options) => run(untilStopped(instructions), { ...options, spider }))
  data
    .command('dialect')
    .description("convert Spider's SQL, and keep what gives the same result on the same rows")
    .argument('<spider>', spiderHelp)
    .option('--to <dialect>', 'postgres or duckdb')
    .option('--out <folder>', 'where questions, failures and the report go')
    .option('--split <name>', 'train or dev', 'train')
    .option('--converter <name>', 'sqlglot, plain (without the schema) or join-free', 'sqlglot')
    .option('--postgres <url>', 'a server to try on, instead of one that is started')
    .option('--limit <number>', 'only so many questions, spread over all')
    .option('--json', 'print the report as JSON')
    .action((spider, options) => run(untilStopped(dialect), { ...options, spider }))
  data
    .command('splits')
    .description('split questions into training, validation and test by database')
    .argument('<file>', 'questions as JSON lines, or a file of Spider')
    .option('--out <folder>', 'where the three files go')
    .option('--shares <list>', 'percent of each', '90/5/5')
    .option('--seed <number>', 'of the order of the databases', '1')
    .option('--max-words <number>', 'leave out questions with longer SQL')
    .option('--json', 'print the result as JSON')
    .action((file, options) => run(splits, { ...options, file }))
}
