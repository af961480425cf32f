/** The README against the code: what it names exists, and what exists is named. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemorySaver } from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import type { AnswerErrorCode } from '../../agents/answer.js'
import { maxPoints } from '../../agents/chart/limits.js'
import type { GraphDependencies } from '../../agents/dependencies.js'
import { createGraph } from '../../agents/graph.js'
import { maxAttempts } from '../../agents/routes.js'
import { defaultLimits } from '../../data/duckdb/duckdb-database.js'
import { usualStoreLimits } from '../../data/store/app-store.js'
import { packageRoot } from '../../models/package-root.js'
import type { ModelShelf } from '../../src/adapters/model-shelf.js'
import { mostCards, mostPairs } from '../../src/create-notebook.js'
import type { Datasets } from '../../src/datasets.js'
import type { AnswerStreams } from '../../src/http/answer-streams.js'
import { chatRoutes } from '../../src/http/chat-routes.js'
import { errorStatus } from '../../src/http/error-codes.js'
import { healthRoutes } from '../../src/http/health-routes.js'
import { informationRoutes } from '../../src/http/information-routes.js'
import { createLifecycle } from '../../src/http/lifecycle.js'
import { lookUpRoutes } from '../../src/http/look-up-routes.js'
import { mcpRoutes } from '../../src/http/mcp-routes/mcp-routes.js'
import { metricsRoutes } from '../../src/http/metrics-routes.js'
import { modelRoutes } from '../../src/http/model-routes/model-routes.js'
import { openaiRoutes } from '../../src/http/openai-routes/openai-routes.js'
import { reportRoutes } from '../../src/http/report-routes/report-routes.js'
import { resultRoutes } from '../../src/http/result-routes/result-routes.js'
import { setUpRoutes } from '../../src/http/set-up-routes/set-up-routes.js'
import { storeRoutes } from '../../src/http/store-routes/store-routes.js'
import type { SetUpErrorCode } from '../../src/index.js'
import type { Metrics } from '../../src/observe/metrics.js'
import { maxQuestionLength } from '../../src/read-question-text.js'
import type { ReportShelf } from '../../src/reports/report-shelf.js'
import { settings } from '../../src/settings.js'
import { recordingLogger } from '../support/recording-logger.js'
import { rooms } from '../support/source-files.js'

const readme = read('README.md')
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']
const commandLine = [
  'cli',
  'data-commands',
  'model-commands',
  'key-commands',
  'finetune-commands',
  'home-commands',
  'terminal-commands',
]
  .map((name) => read(`src/${name}.ts`))
  .join('')
const scripts = Object.keys(JSON.parse(read('package.json')).scripts)

/** The compiler asks for every code here; the tests below ask the README for the same. */
const answerErrors: Record<AnswerErrorCode, true> = {
  empty_question: true,
  question_too_long: true,
  unsafe_request: true,
  not_understood: true,
  model_unavailable: true,
  model_failed: true,
  sql_refused: true,
  sql_invalid: true,
  sql_failed: true,
  sql_timeout: true,
  sql_out_of_memory: true,
  rate_limited: true,
  busy: true,
  deadline: true,
  cancelled: true,
  internal: true,
}
const setUpErrors: Record<SetUpErrorCode, true> = {
  settings_invalid: true,
  home_in_use: true,
  disk_full: true,
  source_missing: true,
  source_corrupt: true,
  source_unsupported: true,
  source_empty: true,
  source_locked: true,
  source_unreachable: true,
  source_denied: true,
}

function read(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8')
}

/** Rows of the first table after `heading`, as trimmed cells without backticks around them. */
function tableAfter(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = readme.split(heading)
  const [, table = ''] = /\n\|.*\|\n\|[-|]+\|\n((?:\|.*\|\n)+)/.exec(after) ?? []
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')))
}

function firstCells(heading: string): readonly string[] {
  return tableAfter(heading)
    .map(([cell = '']) => cell)
    .sort()
}

/** Paths of the file tree; two spaces of indentation are one folder. */
function treePaths(): readonly string[] {
  const [, tree = ''] = /## The files[\s\S]*?```\n([\s\S]*?)```/.exec(readme) ?? []
  const folders: string[] = []
  return tree
    .trim()
    .split('\n')
    .map((line) => {
      const [, indentation = '', name = ''] = /^( *)(\S+) {2,}\S/.exec(line) ?? []
      const depth = indentation.length / 2
      folders.splice(depth)
      if (name.endsWith('/')) folders[depth] = name
      return [...folders.slice(0, depth), name].join('')
    })
}

describe('the README names things that exist:', () => {
  it('every path of the file tree', () => {
    expect(treePaths().length).toBeGreaterThan(40)
    expect(
      treePaths().filter((path) => path === '' || !existsSync(join(packageRoot, path))),
    ).toEqual([])
  })

  it.each(documents)('every link and every path in %s', (document) => {
    const text = read(document)
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
    const folder = new RegExp(`\`((?:${[...rooms, 'tests', '.ci'].join('|')})/[^\`*\\s]*)\``, 'g')
    const paths = [...text.matchAll(folder)].map(([, path = '']) => path)
    expect([...links, ...paths].filter((path) => !existsSync(join(packageRoot, path)))).toEqual([])
  })

  it.each(documents)('every npm script and every option in %s', (document) => {
    const text = read(document)
    const run = [...text.matchAll(/(?:^|`)npm (?:run (?:--silent )?)?([a-z:]+)/gm)].map(
      ([, name = '']) => name,
    )
    expect(run.filter((name) => !scripts.includes(name))).toEqual([])
    const parley = [...text.matchAll(/npx parley ([a-z]+)([^`\n]*)/g)]
    const flags = parley.flatMap(([, , rest = '']) => rest.match(/--[a-z-]+/g) ?? [])
    const unknown = [
      ...parley
        .map(([, name]) => `.command('${name}')`)
        .filter((command) => !commandLine.includes(command)),
      ...flags.filter((flag) => !new RegExp(`'${flag}[ ']`).test(commandLine)),
    ]
    expect(unknown).toEqual([])
  })
})

describe('the README names all of', () => {
  it('the folders of the rooms', () => {
    const folders = rooms.flatMap((room) =>
      readdirSync(join(packageRoot, room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${room}/${entry.name}/`),
    )
    expect(folders.filter((folder) => !treePaths().includes(folder))).toEqual([])
  })

  it('the commands, with the options of each', () => {
    const documented = tableAfter('## Commands').map(([cell = '']) => ({
      name: /^npx parley ((?:train|data|key|model|finetune openai) \w+|\w+)/.exec(cell)?.[1],
      flags: cell.match(/--[a-z-]+/g) ?? [],
    }))
    const blocks = commandLine
      .split(/(?=\b(?:program|training|data|key|model|tuning)\s+\.command\(')/)
      .slice(1)
    const parents: Readonly<Record<string, string>> = {
      training: 'train',
      tuning: 'finetune openai',
      data: 'data',
      key: 'key',
      model: 'model',
    }
    const defined = blocks.map((block) => {
      const [, parent, name] = /^(\w+)\s+\.command\('([a-z]+)'/.exec(block) ?? []
      return {
        name: parent === 'program' ? name : `${parents[parent ?? '']} ${name}`,
        flags: [...block.matchAll(/\.(?:requiredOption|option)\(\s*'(--[a-z-]+)/g)].map(
          ([, flag]) => flag,
        ),
      }
    })
    expect(defined.length).toBeGreaterThan(8)
    expect(documented).toEqual(defined)
  })

  it('the settings, in their own words', () => {
    expect(tableAfter('## Settings')).toEqual(Object.entries(settings))
  })

  it('the error codes of answers, of starting and of HTTP', () => {
    expect(firstCells('## Error codes')).toEqual(Object.keys(answerErrors).sort())
    expect(firstCells('A start that fails')).toEqual(Object.keys(setUpErrors).sort())
    const statuses = tableAfter('HTTP itself answers').map(([code, status]) => [
      code,
      Number(status),
    ])
    expect(Object.fromEntries(statuses)).toEqual(errorStatus)
  })

  it('the HTTP routes', () => {
    const routes = [
      ...chatRoutes({} as Datasets, {} as AnswerStreams),
      ...resultRoutes({ datasets: {} as Datasets, streams: {} as AnswerStreams }),
      ...openaiRoutes({ datasets: {} as Datasets, streams: {} as AnswerStreams }),
      ...mcpRoutes({ datasets: {} as Datasets, streams: {} as AnswerStreams }, recordingLogger()),
      ...informationRoutes({} as Datasets),
      ...lookUpRoutes({} as Datasets),
      ...storeRoutes({} as Datasets),
      ...setUpRoutes({} as Datasets),
      ...modelRoutes({} as ModelShelf),
      ...reportRoutes({} as ReportShelf),
      ...healthRoutes({} as Datasets, createLifecycle()),
      ...metricsRoutes({} as Metrics),
      { method: 'get', path: '/openapi.json' },
    ].map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(firstCells('## HTTP')).toEqual(routes.sort())
  })

  it('the limits, with their values', () => {
    const { maxRows, maxColumns, maxBytes, memoryMegabytes, timeoutMs } = defaultLimits
    expect(tableAfter('## Limits')).toEqual([
      ['length of a question', `${written(maxQuestionLength)} characters`],
      ["tries at one question's SQL", written(maxAttempts)],
      ['time for one query', `${written(timeoutMs / 1000)} s`],
      ['rows of a result', written(maxRows)],
      ['columns of a result', written(maxColumns)],
      ['size of a result', `${written(maxBytes / 1e6)} MB`],
      ['memory for queries', `${written(memoryMegabytes)} MB`],
      ['points of a chart', written(maxPoints)],
      ['conversations of a key about a dataset', written(usualStoreLimits.conversations)],
      ['their turns in all', written(usualStoreLimits.turns)],
      ['cards of a key about a dataset', written(mostCards)],
      ['approved pairs of a key about a dataset', written(mostPairs)],
    ])
  })
})

function written(value: number): string {
  return value.toLocaleString('en')
}

it('draws the graph in the README', async () => {
  // Drawing runs no node, so the parts that nodes use may be absent.
  const graph = createGraph({} as GraphDependencies, new MemorySaver())
  const drawn = (await graph.getGraphAsync()).drawMermaid({ withStyles: false })
  const [, shown] = /```mermaid\n([\s\S]*?)```/.exec(readme) ?? []
  expect(shown).toBe(drawn.replaceAll('\t', '  '))
})
