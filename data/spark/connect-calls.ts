/** The calls of one client: with its token, its limit of time, and an answer each. */
import { Metadata, type ServiceError } from '@grpc/grpc-js'
import type { SparkAddress } from './address.js'
import {
  type AnalyzeResponse,
  type Caller,
  type ConfigResponse,
  type ConnectService,
  connectTo,
} from './connect-service.js'

interface Answers {
  readonly AnalyzePlan: AnalyzeResponse
  readonly Config: ConfigResponse
  readonly Interrupt: object
  readonly ReleaseExecute: object
  readonly ReleaseSession: object
}

type RequestOf<Name extends keyof ConnectService> = Omit<
  Parameters<ConnectService[Name]>[0] & {},
  keyof Caller
>

type StreamName = 'ExecutePlan' | 'ReattachExecute'

export interface ConnectCalls {
  /** Rejects as the server does, and when the time is over: the server does not stop for that. */
  readonly ask: <Name extends keyof Answers>(
    name: Name,
    caller: Caller,
    request: RequestOf<Name>,
    timeoutMs: number,
  ) => Promise<Answers[Name]>
  /** Pieces as they come. */
  readonly read: <Name extends StreamName>(
    name: Name,
    caller: Caller,
    request: RequestOf<Name>,
  ) => ReturnType<ConnectService[StreamName]>
  readonly close: () => void
}

type AnyUnary = (
  request: unknown,
  metadata: Metadata,
  options: object,
  answered: (error: ServiceError | null, response: unknown) => void,
) => void

export function connectCalls(address: SparkAddress): ConnectCalls {
  const service = connectTo(address)
  const metadata = new Metadata()
  if (address.token !== undefined) metadata.set('authorization', `Bearer ${address.token}`)
  return {
    ask: (name, caller, request, timeoutMs) =>
      new Promise((resolve, reject) => {
        const options = { deadline: Date.now() + timeoutMs }
        const send = (service[name] as AnyUnary).bind(service)
        send({ ...caller, ...request }, metadata, options, (error, response) =>
          error === null ? resolve(response as Answers[typeof name]) : reject(error),
        )
      }),
    read(name, caller, request) {
      const send = service[name].bind(service) as (
        request: unknown,
        metadata: Metadata,
      ) => ReturnType<ConnectService[StreamName]>
      const stream = send({ ...caller, ...request }, metadata)
      // After a stop nobody listens any more.
      stream.on('error', () => {})
      return stream
    },
    close: () => service.close(),
  }
}
