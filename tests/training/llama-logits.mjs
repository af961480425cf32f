/** Asks llama.cpp what it makes of texts: `node llama-logits.mjs MODEL TEXTS [ADAPTER]` prints tokens and logits as JSON. */
import { readFileSync } from 'node:fs'
import { getLlama, LlamaLogLevel } from 'node-llama-cpp'

const [modelPath, textsPath, lora] = process.argv.slice(2)
const texts = JSON.parse(readFileSync(textsPath, 'utf8'))
const llama = await getLlama({
  build: 'never',
  gpu: false,
  logLevel: LlamaLogLevel.error,
  progressLogs: false,
  skipDownload: true,
})
const model = await llama.loadModel({ modelPath })
/** No sampler in between: the logits as they are. */
const untouched = { temperature: 1, topK: 0, topP: 1, minP: 0 }
const answers = []
for (const text of texts) {
  const tokens = [model.tokens.bos, ...model.tokenize(text)]
  const context = await model.createContext({
    contextSize: 256,
    threads: 1,
    swaFullCache: true,
    ...(lora && { lora }),
  })
  const asked = tokens.map((token) => [
    token,
    { generateNext: { logits: true, options: untouched } },
  ])
  const results = await context.getSequence().controlledEvaluate(asked)
  const logits = results.map(({ next }) => {
    const row = []
    for (const [token, logit] of next.logits) row[token] = logit
    return row
  })
  answers.push({ tokens, logits })
  await context.dispose()
}
process.stdout.write(JSON.stringify(answers))
await llama.dispose()
