#!/usr/bin/env node
/** The `parley` command. The only file that reads `process.argv` and sets the exit code. */
import { Command, CommanderError } from 'commander'
import { demoNameOf } from '../data/demo/demo-datasets.js'
import { ask } from './commands/ask.js'
import { bench } from './commands/bench.js'
import { demoHelp, oneSource, readDemo } from './commands/demo-option.js'
import { doctor } from './commands/doctor.js'
import { evaluate } from './commands/evaluate.js'
import { index } from './commands/index-source.js'
import { generatorHelp } from './commands/parse-generator.js'
import { serve } from './commands/serve.js'
import { train, trainExport } from './commands/train/job.js'
import { trainRows } from './commands/train/rows.js'
import { readConfig } from './config.js'
import { addDataCommands, addGenerateCommand } from './data-commands.js'
import { exitCodes } from './exit-codes.js'
import { addFinetuneCommands } from './finetune-commands.js'
import { addHomeCommands } from './home-commands.js'
import { SetUpError } from './index.js'
import { addKeyCommands } from './key-commands.js'
import { addModelCommands } from './model-commands.js'
import { createTerminal } from './terminal.js'
import { addTerminalCommands } from './terminal-commands.js'
import { version } from './version.js'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second Ctrl-C ends at once, for whoever does not want to wait.
  process.once(signal, () => stopping.abort())
}

// Where the size of files is limited, a write that goes beyond fails like one to a full disk; the process goes on.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => {})

const terminal = createTerminal(process.stdout, process.stderr)

function build(): Command {
  const program = new Command('parley')
    .description('Ask a database in plain words, on your own machine.')
    .version(version)
    .showHelpAfterError('(parley --help lists every command)')
    .exitOverride()
  program
    .command('serve')
    .description('answer questions on a page and over HTTP')
    .argument('[source]', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .option('--port <number>', 'port to listen on')
    .option('--host <address>', 'address to listen on')
    .option('--policies <file>', 'row policies: which rows each user may see')
    .option('--json', 'print the address as JSON')
    .action((source, { demo, ...options }, command) =>
      run(serve, { ...options, source: oneSource(source, demo, command) }),
    )
  program
    .command('ask')
    .description('answer one question')
    .argument('<words...>', '[source] "question"')
    .option('--demo <name>', demoHelp, readDemo)
    .option('--generator <name>', generatorHelp)
    .option('--no-rag', 'offer every table instead of searching')
    .option('--json', 'print the whole answer as JSON')
    .action((words, { demo, ...options }) => run(ask, { ...options, words, source: demo }))
  program
    .command('index')
    .description('read a source and fill its index')
    .argument('[source]', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .option('--json', 'print the result as JSON')
    .action((source, { demo, ...options }, command) =>
      run(index, { ...options, source: oneSource(source, demo, command) }),
    )
  addMeasuringCommands(program)
  addGenerateCommand(program, run)
  addDataCommands(program, run)
  addTrainingCommands(program)
  addModelCommands(program, run)
  addKeyCommands(program, run)
  addFinetuneCommands(program, run)
  addHomeCommands(program, run)
  addTerminalCommands(program, run, sourceHelp)
  return program
}

function addMeasuringCommands(program: Command): void {
  program
    .command('evaluate')
    .description('measure how many questions are answered right')
    .option('--demo <name>', "a demo's own questions, asked of that demo", readDemo)
    .option('--suite <name>', 'questions that come with Parley', 'demo')
    .option('--data <file>', 'a JSONL file of questions instead')
    .option(
      '--wikisql <folder>',
      'the questions of dev.jsonl there instead, by their logical forms',
    )
    .option('--databases <folder>', "where the questions' own sources lie; beside the file if not")
    .option('--source <source>', sourceHelp)
    .option('--generator <name>', generatorHelp)
    .option('--limit <number>', 'only the first questions')
    .option('--rules <name>', 'what counts as right: spider, bird or ties')
    .option('--variants <folder>', "other contents of each database, for Spider's test suites")
    .option('--keep-distinct', 'leave DISTINCT in, as Spider does not')
    .option('--no-evidence', "ask without the experts' remarks")
    .option('--levers <list>', 'parts of the local model, such as grammar=off,samples=0')
    .option('--workers <number>', 'sources asked at once', '1')
    .option('--resume', 'go on with the run that was stopped')
    .option('--predictions <file>', "write the SQL as Spider's evaluator reads it")
    .option('--score <file>', 'judge such a file instead of asking')
    .option(
      '--ceiling',
      'judge the gold SQL, made join-free and completed: the most a model could reach',
    )
    .option('--out <file>', 'where the JSON report goes instead of among those of the page')
    .option('--failures', 'show each wrong answer')
    .option('--json', 'print the report as JSON')
    .action(({ demo, ...options }, command) =>
      run(evaluate, {
        ...options,
        ...(demo && { suite: demoNameOf(demo) }),
        source: oneSource(options.source, demo, command),
      }),
    )
  program
    .command('bench')
    .description('measure how long each stage takes')
    .option('--source <source>', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .option('--generator <name>', generatorHelp)
    .option('--runs <number>', 'warm questions to time')
    .option('--json', 'print the figures as JSON')
    .action(({ demo, ...options }, command) =>
      run(bench, { ...options, source: oneSource(options.source, demo, command) }),
    )
  program
    .command('doctor')
    .description('check data, index, weights and disk, and say what to do')
    .argument('[source]', sourceHelp)
    .option('--demo <name>', demoHelp, readDemo)
    .option('--json', 'print the checks as JSON')
    .action((source, { demo, ...options }, command) =>
      run(doctor, { ...options, source: oneSource(source, demo, command) }),
    )
}

function addTrainingCommands(program: Command): void {
  const training = program.command('train').description('train the model that writes SQL')
  training
    .command('rows')
    .description('write training rows from public text-to-SQL sets and pairs of your own')
    .option('--spider <folder>', 'Spider, with its databases')
    .option('--spider-syn <folder>', 'Spider-Syn: the same questions in other words')
    .option('--nvbench <folder>', 'nvBench: questions for charts')
    .option('--cosql <folder>', 'CoSQL: how dialogues on the same databases begin')
    .option('--wikisql <folder>', 'WikiSQL: questions on single tables')
    .option('--bird <folder>', 'BIRD: harder questions, with what one must know')
    .option('--pairs <folder>', 'what generate wrote about your own database')
    .option('--source <source>', 'that database')
    .option('--demo <name>', demoHelp, readDemo)
    .option('--warehouses <number>', 'made in each pass, with business questions; 0 for none', '36')
    .option('--templates <number>', 'questions by templates, for each database and pass', '0')
    .option(
      '--pointers',
      'for a model trained from nothing: it points at names instead of spelling',
    )
    .option('--out <folder>', 'where the rows go; in the home folder if not given')
    .option('--passes <number>', 'variations of every question', '4')
    .option('--seed <number>', 'of the variations', '1')
    .action(({ source, demo, ...options }, command) =>
      run(trainRows, { ...options, source: oneSource(source, demo, command) }),
    )
  training
    .command('run', { isDefault: true })
    .description('train an adapter, in Python')
    .option(
      '--config <name>',
      'gemma-3-270m, smollm2-135m, gemma-2b, smoke or a file',
      'gemma-3-270m',
    )
    .option('--base <path>', 'a GGUF file or Hugging Face folder instead of the served model')
    .option('--data <folder>', 'what train rows wrote')
    .option('--out <folder>', 'where checkpoints and logs go')
    .option('--resume', 'go on from the last checkpoint')
    .option('--start-from <path>', 'begin with the weights of a checkpoint or an exported adapter')
    .option('--passes <number>', 'instead of the configured number')
    .option('--max-steps <number>', 'stop with a checkpoint after so many')
    .action((options) => run(train, options))
  training
    .command('export')
    .description('turn a checkpoint into an adapter that Parley loads')
    .option('--checkpoint <folders...>', 'step-… folders of the run; of several, the mean')
    .option('--base <path>', 'what it was trained on, unless the served model')
    .option('--out <file>', 'NAME.gguf; if not given, one that the page and parley model list')
    .option('--type <name>', 'of its numbers')
    .option('--measure <text>', 'what was measured')
    .option('--score <number>', 'the result, 0 to 1')
    .option(
      '--data-sets <names...>',
      'to be credited in the notice; those of the rows if not given',
    )
    .option('--served-over <file>', 'the GGUF file it is loaded over, where --base is a folder')
    .action((options) => run(trainExport, options))
}

const sourceHelp =
  'a .duckdb, .sqlite, .csv, .parquet, .json or .xlsx file, or a folder of them; a demo when left out'

/** A command says by its result how the process ends. */
type CommandFunction<Options> = (options: Options, context: CommandContext) => Promise<number>

type CommandContext = Parameters<typeof ask>[1]

async function run<Options>(command: CommandFunction<Options>, options: Options): Promise<void> {
  const read = readConfig()
  if (!read.ok) {
    terminal.say(`A setting cannot be used. ${read.problems.join(' ')}`)
    process.exitCode = exitCodes.usage
    return
  }
  try {
    process.exitCode = await command(options, {
      config: read.config,
      terminal,
      signal: stopping.signal,
    })
  } catch (error) {
    process.exitCode = exitCodes.failed
    if (!(error instanceof SetUpError)) throw error
    terminal.say([error.message, ...error.hints].join('\n'))
  }
}

try {
  await build().parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? exitCodes.answered : exitCodes.usage
}
