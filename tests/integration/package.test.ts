/**
 * The package as others get it: `npm pack`, unpacked in an empty project, where the README's examples are compiled and
 * run. Its dependencies are linked from this checkout, so that nothing is fetched; that npm can install them is not covered.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { packageRoot } from '../../models/package-root.js'

const run = promisify(execFile)
const compiler = join(packageRoot, 'node_modules/.bin/tsc')

let folder: string
let project: string
let packed: readonly string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-package-'))
  const stage = join(folder, 'stage')
  await copyCheckout(stage)
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts'], { cwd: stage })
  const [{ filename, files }] = JSON.parse(stdout)
  packed = files.map(({ path }: { path: string }) => path)
  project = join(folder, 'project')
  await linkDependencies(project)
  await run('tar', ['-xzf', join(stage, filename), '-C', join(project, 'node_modules')])
  await run('mv', ['package', 'parley'], { cwd: join(project, 'node_modules') })
})
afterAll(() => rm(folder, { recursive: true }))

/** What `npm run build` leaves, without building it again. */
async function copyCheckout(stage: string): Promise<void> {
  const product = inject('product')
  await mkdir(stage)
  for (const name of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md']) {
    await cp(join(packageRoot, name), join(stage, name))
  }
  for (const room of ['src', 'agents', 'rag', 'data', 'models']) {
    const filter = (path: string) =>
      !/node_modules|\.venv|__pycache__|evaluation\/reports/.test(path)
    await cp(join(packageRoot, room), join(stage, room), { recursive: true, filter })
  }
  for (const built of await readdir(product)) {
    await cp(join(product, built), join(stage, 'dist', built), { recursive: true })
  }
  await cp(join(packageRoot, 'dist/dashboard'), join(stage, 'dist/dashboard'), { recursive: true })
}

async function linkDependencies(place: string): Promise<void> {
  const modules = join(place, 'node_modules')
  await mkdir(modules, { recursive: true })
  for (const name of await readdir(join(packageRoot, 'node_modules'))) {
    if (name.startsWith('.')) continue
    await symlink(join(packageRoot, 'node_modules', name), join(modules, name))
  }
  await writeFile(join(place, 'package.json'), '{"type":"module"}')
}

describe('the package', () => {
  it('holds what runs, and neither sources nor tests', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'data/duckdb/engine-child.mjs',
        'data/demo/retail/questions.jsonl',
        'dist/dashboard/index.html',
        'dist/src/cli.js',
        'dist/src/index.d.ts',
        'dist/src/langchain.js',
        'models/adapters/parley-sql-270m.gguf',
        'models/training/train_lora.py',
      ]),
    )
    const unwanted = packed.filter((path) => /^dist\/tests|(?<!\.d)\.ts$|\.venv|test_/.test(path))
    expect(unwanted).toEqual([])
  })

  it('compiles and runs the README’s examples', async () => {
    const home = join(folder, 'home')
    const examples = await readmeExamples()
    expect(examples.length).toBe(2)
    await writeDatabaseFile(join(project, 'sales.duckdb'), async (connection) => {
      await connection.run(
        "CREATE TABLE sales AS SELECT i AS sale_id, ['North', 'South'][i % 2 + 1] AS region, DATE '2024-01-01' + (i * 3)::INTEGER AS sold_on, i AS amount FROM range(200) t(i)",
      )
    })
    for (const [at, example] of examples.entries()) {
      await writeFile(join(project, `example-${at}.ts`), example)
    }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(strictly))
    await run(compiler, ['-p', project])
    const env = { ...process.env, PARLEY_HOME: home, PARLEY_OFFLINE: '1' }
    for (const at of examples.keys()) {
      const { stdout } = await run(process.execPath, [`out/example-${at}.js`], {
        cwd: project,
        env,
      })
      expect(stdout).toMatch(/North|South/)
    }
  })

  it('has a command that says its version', async () => {
    const command = join(project, 'node_modules/parley/dist/src/cli.js')
    const { stdout } = await run(process.execPath, [command, '--version'])
    const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'))
    expect(stdout.trim()).toBe(version)
  })
})

const strictly = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    outDir: 'out',
    rootDir: '.',
  },
  include: ['example-*.ts'],
}

/** Those that need nothing but the package. */
async function readmeExamples(): Promise<readonly string[]> {
  const readme = await readFile(join(packageRoot, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  const importsOf = (code: string) => [...code.matchAll(/from '([^']+)'/g)].map(([, name]) => name)
  return blocks.filter((code) => {
    const imports = importsOf(code)
    return imports.length > 0 && imports.every((name) => /^parley(\/|$)/.test(name ?? ''))
  })
}
