/** Fetches source files from Hugging Face by their `hf:` address. */
import { downloadFile } from './download-file.js'
import type { WeightSource } from './fetch-source.js'

const publicHub = 'https://huggingface.co'
const branch = 'main'

/** `hub` is another server that speaks Hugging Face's paths, such as a company's mirror. */
export function huggingFace(hub: string = publicHub): WeightSource {
  return {
    name: 'Hugging Face',
    fetch: ({ file, target, signal, onProgress }) =>
      downloadFile(addressOf(file.huggingFace, hub), target, {
        bytes: file.bytes,
        signal,
        onBytes: (done) => onProgress({ kind: 'bytes', done, total: file.bytes }),
      }),
  }
}

function addressOf(uri: string, hub: string): string {
  const [owner, repository, ...path] = uri.slice('hf:'.length).split('/')
  return `${hub.replace(/\/$/, '')}/${owner}/${repository}/resolve/${branch}/${path.join('/')}`
}
