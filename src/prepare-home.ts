/** Makes sure that the folder for everything Parley keeps can be written. */
import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'

export interface HomeFailure {
  readonly code: 'settings_invalid'
  readonly message: string
  readonly hints: readonly string[]
}

/** Of a home that is made: imports lie there, which may be readable for their owner alone where they come from. */
const ownerFolder = 0o700

/** Undefined when the folder is there and can be written. */
export async function prepareHome(home: string): Promise<HomeFailure | undefined> {
  try {
    await mkdir(home, { recursive: true, mode: ownerFolder })
    await access(home, constants.W_OK)
    return undefined
  } catch {
    return {
      code: 'settings_invalid',
      message: `${home} cannot be written.`,
      hints: ['Point PARLEY_HOME at a folder of your own.'],
    }
  }
}
