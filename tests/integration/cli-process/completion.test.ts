/** `parley completion`: what shells make of the scripts. */
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, it } from 'vitest'

const run = promisify(execFile)

/** Starting the command takes a second. */
const scripts = new Map<string, Promise<string>>()

function script(shell: string): Promise<string> {
  const known = scripts.get(shell) ?? write(shell)
  scripts.set(shell, known)
  return known
}

async function write(shell: string): Promise<string> {
  const cli = join(inject('product'), 'src/cli.js')
  return (await run(process.execPath, [cli, 'completion', shell])).stdout
}

async function offered(words: readonly string[]): Promise<readonly string[]> {
  const typed = words.map((word) => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(parley ${typed}); COMP_CWORD=${words.length}; _parley; echo "\${COMPREPLY[@]}"`
  const { stdout } = await run('bash', ['-c', `${await script('bash')}\n${ask}`])
  return stdout.trim().split(' ')
}

describe('bash', () => {
  it.each([
    [['se'], ['serve']],
    [
      ['serve', '--po'],
      ['--port', '--policies'],
    ],
    [['train', 'ro'], ['rows']],
    [['train', 'rows', '--war'], ['--warehouses']],
    [['ask', '--demo', 'fi'], ['finance']],
    [['key', 'create', '--scope', 'c'], ['curate']],
  ])('completes %j to %j', async (words, expected) => {
    expect([...(await offered(words))].sort()).toEqual([...expected].sort())
  })
})

describe.each(['zsh', 'fish'])('%s', (shell) => {
  it('is given every command', async () => {
    const written = await script(shell)
    for (const name of ['serve', 'chat', 'restore', 'warehouses']) expect(written).toContain(name)
  })

  it.skipIf(spawnSync(shell, ['--version']).error !== undefined)('reads the script', async () => {
    const { status, stderr } = spawnSync(shell, ['-n'], { input: await script(shell) })
    expect([status, String(stderr)]).toEqual([0, ''])
  })
})

it('says which shells there are', async () => {
  await expect(script('cmd')).rejects.toMatchObject({ code: 2 })
})
