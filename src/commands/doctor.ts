/** `parley doctor`: every part, its state, and what to do about it. */
import { mkdir, statfs } from 'node:fs/promises'
import { exitCodes } from '../exit-codes.js'
import { createOrchestrator, SetUpError } from '../index.js'
import type { HealthPart } from '../orchestrator.js'
import { joinReplicas } from '../replicas/join-replicas.js'
import type { CommandContext } from './command-context.js'

export interface DoctorOptions {
  readonly source?: string
  readonly json?: boolean
}

interface Check {
  readonly name: string
  readonly state: HealthPart['state']
  readonly note: string
}

/** Weights, index and an import or two. */
const neededBytes = 1e9

const marks: Readonly<Record<Check['state'], string>> = {
  ok: '✓',
  loading: '…',
  degraded: '!',
  missing: '✗',
}

/** Fetches what is missing, as the first start would; fails only when questions cannot be answered. */
export async function doctor(options: DoctorOptions, context: CommandContext): Promise<number> {
  const { config, terminal } = context
  const disk = await checkDisk(config.home)
  const { ready, checks } = await checkParts(options, context)
  const store = await checkStore(config.store)
  terminal.settle()
  const own = checks.filter(({ name }) => name !== store?.name)
  const all = [...own, ...(store ? [store] : []), disk]
  const isReady = ready && store?.state !== 'missing'
  const lines = all.map(({ name, state, note }) => `${marks[state]} ${name}: ${note}`)
  terminal.print(
    options.json ? JSON.stringify({ ready: isReady, checks: all }, null, 2) : lines.join('\n'),
  )
  return isReady ? exitCodes.answered : exitCodes.failed
}

async function checkParts({ source }: DoctorOptions, { config, terminal }: CommandContext) {
  try {
    const orchestrator = await createOrchestrator({
      ...config,
      source: source ?? config.source,
      waitFor: 'model',
      onProgress: terminal.onProgress,
      onWeights: terminal.onWeights,
    })
    const { ready, parts } = await orchestrator.health()
    await orchestrator.close()
    return { ready, checks: parts as readonly Check[] }
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    const note = [error.message, ...error.hints].join(' ')
    return {
      ready: false,
      checks: [{ name: 'database', state: 'missing', note }] as readonly Check[],
    }
  }
}

/** What replicas share, where the settings name it. */
async function checkStore(store: string | undefined): Promise<Check | undefined> {
  const name = 'conversations'
  try {
    const replica = await joinReplicas(store)
    await replica?.close()
    const note = `Conversations are kept in PostgreSQL, ${replica?.label}.`
    return replica && { name, state: 'ok', note }
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    return { name, state: 'missing', note: [error.message, ...error.hints].join(' ') }
  }
}

async function checkDisk(home: string): Promise<Check> {
  try {
    await mkdir(home, { recursive: true })
    const { bavail, bsize } = await statfs(home)
    const free = bavail * bsize
    const note = `${(free / 1e9).toFixed(1)} GB free in ${home}.`
    return free > neededBytes
      ? { name: 'disk', state: 'ok', note }
      : {
          name: 'disk',
          state: 'degraded',
          note: `${note} Free some space, or point PARLEY_HOME elsewhere.`,
        }
  } catch {
    return {
      name: 'disk',
      state: 'missing',
      note: `${home} cannot be written. Point PARLEY_HOME elsewhere.`,
    }
  }
}
