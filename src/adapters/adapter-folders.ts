/** Where adapters lie: those that are shipped, and those that whoever runs Parley has made. */
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'
import type { AdapterFolder } from '../../models/registry/model-registry.js'

export function ownAdapters(home: string): string {
  return join(home, 'adapters')
}

export function adapterFolders(home: string): readonly AdapterFolder[] {
  return [
    { path: join(packageRoot, 'models', 'adapters'), origin: 'shipped' },
    { path: ownAdapters(home), origin: 'own' },
  ]
}
