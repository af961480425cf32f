/** Lines as the training job writes them, of a run that learns. */

export interface LoggedRun {
  readonly steps: number
  readonly done: number
  /** The step that it goes on after. */
  readonly from?: number
}

const validateEvery = 10

export function trainingLog({ steps, done, from = 0 }: LoggedRun): string {
  const run = {
    kind: 'run',
    at: '2026-11-02T08:00:00.123456+00:00',
    steps,
    files: ['train-1.jsonl', 'validation.jsonl'],
    base: { name: 'tiny', sha256: 'a'.repeat(64) },
    dataSets: ['spider'],
    settings: { rank: 8, learning_rate: 0.0005, targets: ['q_proj', 'v_proj'] },
  }
  const lines = Array.from({ length: done - from }, (_, at) => from + at + 1).flatMap((step) => {
    const loss = 0.4 + 2 * Math.exp(-step / 12)
    const learningRate = 0.0005 * (1 - step / steps)
    const read = { kind: 'step', step, loss, learningRate, tokens: 1_000, seconds: 1.5 }
    const exact = 0.5 * (1 - Math.exp(-step / 20))
    const measured = { kind: 'validation', step, loss: loss + 0.05, exact }
    return step % validateEvery === 0 || step === steps ? [read, measured] : [read]
  })
  return [run, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
