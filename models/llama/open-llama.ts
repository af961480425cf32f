/** Opens the llama.cpp runtime from its prebuilt binary; whoever opens it shares and closes it. */
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp'

/** Throws node-llama-cpp's NoBinaryFoundError where no prebuilt binary fits this machine. */
export function openLlama(): Promise<Llama> {
  return getLlama({
    build: 'never',
    gpu: false,
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
    skipDownload: true,
  })
}
