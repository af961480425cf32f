/** Names of those who send no key; a key cannot have them. */

/** As whom policies and the audit log know whoever asks where no key is needed, the library and the command line. */
export const localUser = 'local'
/** As whom the audit log knows whoever was refused for want of a key. */
export const unknownUser = 'unknown'

export function isReservedName(name: string): boolean {
  return [localUser, unknownUser].includes(name.toLowerCase())
}
