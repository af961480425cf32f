/** Every demo by its name; the first is the one that opens when nothing is named. */
import type { DemoDataset } from './demo-dataset.js'
import { ecommerce } from './ecommerce/ecommerce.js'
import { finance } from './finance/finance.js'
import { healthcare } from './healthcare/healthcare.js'
import { retail } from './retail/retail.js'
import { saas } from './saas/saas.js'

export const demoDatasets: readonly DemoDataset[] = [retail, ecommerce, finance, healthcare, saas]

/** Before a name it makes a source of a demo: `demo:finance`. */
const SCHEME = 'demo:'

export function demoSource(name: string): string {
  return `${SCHEME}${name}`
}

/** The name in a source that means a demo, which may be a name that is none; undefined for files and folders. */
export function demoNameOf(source: string | undefined): string | undefined {
  if (source === undefined || source === '') return demoDatasets[0]?.name
  return source.startsWith(SCHEME) ? source.slice(SCHEME.length) : undefined
}

export function findDemo(name: string | undefined): DemoDataset | undefined {
  return demoDatasets.find((dataset) => dataset.name === name)
}

/** For whoever named a demo that there is not. */
export function demoNames(): string {
  return `The demos are ${demoDatasets.map(({ name }) => name).join(', ')}.`
}
