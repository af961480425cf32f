/** Installs a checkout's packages when they are missing or older than package-lock.json. Plain JavaScript: it runs before anything is installed. */
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestNode = 20
const networkErrors = /E(AI_AGAIN|CONNREFUSED|CONNRESET|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT)/
/** Fewer and shorter retries than npm's own, so that a machine without a network is told sooner. */
const install =
  'npm ci --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=2000'

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  fail(`Parley needs Node ${oldestNode} or newer; this is ${process.versions.node}.`)
} else if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  await installPackages()
}

/** Milliseconds, 0 when absent. npm writes its own copy of the lock file last, so a cut installation counts as missing. */
function changedAt(name) {
  return statSync(join(root, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

async function installPackages() {
  console.error('Installing packages (1.5 GB on disk); this happens once and takes a minute or so.')
  const child = spawn(install, { cwd: root, shell: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text
  })
  const clock = startClock()
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(clock)
  if (code === 0) console.error('\rThe packages are installed.')
  else if (networkErrors.test(complaint)) {
    fail('The packages could not be fetched: there is no network. Connect, then start again.')
  } else fail(`The packages could not be installed. npm says:\n${complaint}`)
}

/** Seconds so far, for whoever sits before a terminal. */
function startClock() {
  const started = Date.now()
  const tick = () => process.stderr.write(`\r${Math.round((Date.now() - started) / 1000)} s `)
  return process.stderr.isTTY ? setInterval(tick, 1000) : undefined
}

function fail(message) {
  console.error(`\r${message}`)
  process.exitCode = 1
}
