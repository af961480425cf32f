/** Scripts that have a shell complete `parley`: bash, zsh and fish, written from the commands themselves. */
import { usualGenerators } from '../../agents/generator-name.js'

export interface CommandFacts {
  /** With its parent's: `train rows`; empty for `parley` itself. */
  readonly path: string
  readonly description: string
  readonly subcommands: readonly string[]
  readonly options: readonly { readonly flag: string; readonly description: string }[]
}

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What may follow an option. */
const values: Readonly<Record<string, readonly string[]>> = {
  '--demo': ['retail', 'ecommerce', 'finance', 'healthcare', 'saas'],
  '--generator': usualGenerators,
  '--scope': ['ask', 'curate', 'admin'],
}

const writers: Readonly<Record<Shell, (commands: readonly CommandFacts[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

export function shellCompletion(shell: Shell, commands: readonly CommandFacts[]): string {
  return writers[shell](commands)
}

/** Where a shell keeps what has been typed. */
interface Typed {
  readonly previous: string
  readonly first: string
  readonly second: string
  /** True while the first word is being typed. */
  readonly isFirst: string
}

function bashScript(commands: readonly CommandFacts[]): string {
  const typed: Typed = {
    previous: inBraces('COMP_WORDS[COMP_CWORD-1]'),
    first: inBraces('COMP_WORDS[1]'),
    second: inBraces('COMP_WORDS[2]'),
    isFirst: '$COMP_CWORD -eq 1',
  }
  return `# bash completion for parley; put this into ~/.bashrc: source <(parley completion bash)
_parley() {
  local offered=""
${findOffered(commands, typed)}
  COMPREPLY=($(compgen -W "$offered" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _parley parley
`
}

function zshScript(commands: readonly CommandFacts[]): string {
  const typed: Typed = {
    previous: inBraces('words[CURRENT-1]'),
    first: inBraces('words[2]'),
    second: inBraces('words[3]'),
    isFirst: '$CURRENT -eq 2',
  }
  return `#compdef parley
# zsh completion for parley; put this into ~/.zshrc: source <(parley completion zsh)
_parley() {
  local offered=""
${findOffered(commands, typed)}
  compadd -- \${=offered}
  _files
}
compdef _parley parley
`
}

/** As shells read a variable. */
function inBraces(name: string): string {
  return `$\{${name}}`
}

/** Values of an option, else commands, else what belongs to the command: sets `offered`. */
function findOffered(commands: readonly CommandFacts[], typed: Typed): string {
  const top = commands.filter(({ path }) => path === '')
  const nested = commands.filter(({ path }) => path.includes(' '))
  const plain = commands.filter(({ path }) => path !== '' && !path.includes(' '))
  const options = Object.entries(values).map(([flag, names]) => caseOf(flag, names.join(' ')))
  const cases = (some: readonly CommandFacts[]) =>
    some.map((command) => caseOf(command.path, wordsOf(command))).join('\n')
  return `  case "${typed.previous}" in
${options.join('\n')}
  esac
  if [[ -z "$offered" && ${typed.isFirst} ]]; then
    offered="${top.map(wordsOf).join(' ')}"
  fi
  if [[ -z "$offered" ]]; then
    case "${typed.first} ${typed.second}" in
${cases(nested)}
    esac
  fi
  if [[ -z "$offered" ]]; then
    case "${typed.first}" in
${cases(plain)}
    esac
  fi`
}

function caseOf(text: string, offered: string): string {
  return `    "${text}") offered="${offered}" ;;`
}

function wordsOf({ subcommands, options }: CommandFacts): string {
  return [...subcommands, ...options.map(({ flag }) => flag)].join(' ')
}

function fishScript(commands: readonly CommandFacts[]): string {
  const lines = commands.flatMap(({ path, description, options }) => {
    const [first = '', second] = path.split(' ')
    const seen = [first, second]
      .filter((name) => name !== undefined && name !== '')
      .map((name) => `__fish_seen_subcommand_from ${name}`)
      .join('; and ')
    const before =
      second === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${first}`
    const name = second ?? first
    return [
      ...(path === ''
        ? []
        : [`complete -c parley -n '${before}' -a ${name} -d ${quoted(description)}`]),
      ...options.map(({ flag, description: told }) =>
        [
          `complete -c parley${seen === '' ? '' : ` -n '${seen}'`} -l ${flag.slice(2)}`,
          ...(values[flag] ? [`-xa '${values[flag].join(' ')}'`] : []),
          `-d ${quoted(told)}`,
        ].join(' '),
      ),
    ]
  })
  return `# fish completion for parley: parley completion fish > ~/.config/fish/completions/parley.fish
${lines.join('\n')}
`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
