/** Counts tokens as a GGUF model would, without loading its weights. */
import type { Llama } from 'node-llama-cpp'

export interface TokenCounter {
  count(text: string): number
  close(): Promise<void>
}

/** Throws node-llama-cpp's errors when the file is no model. */
export async function openTokenCounter(llama: Llama, modelPath: string): Promise<TokenCounter> {
  const model = await llama.loadModel({ modelPath, vocabOnly: true })
  return {
    count: (text) => model.tokenize(text).length,
    close: () => model.dispose(),
  }
}
