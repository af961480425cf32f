/** Makes the page before any test, so that services run from sources have it to serve. */
import { bundle } from '../../src/dashboard/bundle.mjs'

export function setup() {
  return bundle()
}
