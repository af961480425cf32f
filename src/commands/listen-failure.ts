/** Says why a service cannot listen where it was told to. */
import { SetUpError } from '../index.js'

const reasons: Readonly<Record<string, (host: string, port: number) => readonly [string, string]>> =
  {
    EADDRINUSE: (host, port) => [
      `Another program listens on port ${port} of ${host} already.`,
      `Stop it, or choose another port: --port ${port === 65_535 ? 4180 : port + 1}.`,
    ],
    EACCES: (_host, port) => [
      `This account may not listen on port ${port}.`,
      'Choose one above 1023 with --port.',
    ],
    EADDRNOTAVAIL: (host) => [
      `This machine has no address ${host}.`,
      'Leave --host out for this machine alone, or give 0.0.0.0 for all of its addresses.',
    ],
    ENOTFOUND: (host) => [`There is no address called ${host}.`, 'Give --host an address.'],
  }

/** Throws a SetUpError, or what is no such reason as it is. */
export function refuseToListen(host: string, port: number): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons[code]?.(host, port)
    if (!reason) throw error
    const [message, hint] = reason
    throw new SetUpError({ code: 'settings_invalid', message, hints: [hint] })
  }
}
