/** What stands in the JSON beside a file of weights: written by the training jobs, read by the registry. */
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** In the folder of its description. */
const file = z.string().regex(/^[\w.-]+\.gguf$/)

/** Of every kind of file. */
const common = {
  name: z.string().min(1),
  file,
  sha256,
  /** How it was measured, such as `spider-dev execution accuracy`, and the result, 0 to 1. */
  score: z.object({ measure: z.string().min(1), value: z.number().min(0).max(1) }).optional(),
  exportedAt: z.iso.datetime({ offset: true }).optional(),
  /** Public data sets that must be credited. */
  dataSets: z.array(z.string()).optional(),
  /** The terms and credits that must go wherever the file goes. */
  notice: z.string().optional(),
}

/** A LoRA adapter. Without a score it is used only when it is asked for by name. */
export const adapterDescription = z.object({
  ...common,
  /** The weights it was trained on: on others it writes nonsense. */
  base: z.object({ name: z.string().min(1), sha256 }),
  /** What the job was told and what it read: `models/training` writes it, people read it. */
  training: z
    .looseObject({
      dataHash: sha256,
      files: z.array(z.string()),
      steps: z.number().int(),
      settings: z.record(z.string(), z.unknown()),
    })
    .optional(),
})

/** A base and an adapter in one file, which may lie in the same folder and is used through `PARLEY_MODEL`. */
export const mergedDescription = z.looseObject({
  kind: z.literal('merged'),
  name: z.string(),
  file: z.string().optional(),
  type: z.string().optional(),
})

/** A model that `models/pretraining` trained from random weights, whole in its file. */
export const scratchDescription = z.object({
  ...common,
  kind: z.literal('scratch'),
  /** Of its matrices, such as `q8_0`. */
  type: z.string().optional(),
  /** `shape` says how large it is. */
  training: z
    .looseObject({
      files: z.array(z.string()).nullish(),
      steps: z.number().int().nullish(),
      shape: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
})

export type AdapterDescription = z.infer<typeof adapterDescription>
export type ScratchDescription = z.infer<typeof scratchDescription>
