/** How many parameters a GGUF file holds. */
import { readGgufFileInfo } from 'node-llama-cpp'

/** Numbers in all tensors together; what a file shares between embedding and head counts once. */
export async function countParameters(path: string): Promise<number> {
  const { fullTensorInfo = [] } = await readGgufFileInfo(path, {
    sourceType: 'filesystem',
    ignoreKeys: ['tokenizer.ggml.tokens', 'tokenizer.ggml.merges', 'tokenizer.ggml.scores'],
    logWarnings: false,
  })
  return fullTensorInfo.reduce((sum, { dimensions }) => sum + product(dimensions), 0)
}

function product(dimensions: readonly (number | bigint)[]): number {
  return dimensions.reduce<number>((size, dimension) => size * Number(dimension), 1)
}
