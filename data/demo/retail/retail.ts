/** The demo that opens when nothing is named: a shop chain. */
import type { DemoDataset } from '../demo-dataset.js'
import { buildRetail } from './build-retail.js'

export const retail: DemoDataset = {
  name: 'retail',
  title: 'Retail',
  subject: 'a shop chain, 2022 to 2025',
  version: 1,
  questions: 'data/demo/retail/questions.jsonl',
  samples: 'data/demo/retail/samples.jsonl',
  build: (path, onProgress) => buildRetail(path, { onProgress }),
}
