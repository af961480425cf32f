/** The remote calls of Spark Connect that Parley makes, and of their messages what it reads and writes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CallOptions,
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  type Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { loadFileDescriptorSetFromBuffer } from '@grpc/proto-loader'
import { packageRoot } from '../../models/package-root.js'
import type { SparkAddress } from './address.js'

/** A statement in Spark's SQL. Executed or analysed as a relation: a command among them runs when it is executed. */
export interface Plan {
  readonly root: { readonly common: object; readonly sql: { readonly query: string } }
}

export interface Caller {
  readonly session_id: string
  readonly user_context: { readonly user_id: string }
  readonly client_type: string
  /** As the server told it: one that was started anew refuses instead of making a session without our settings. */
  readonly client_observed_server_side_session_id?: string
}

export interface AnalyzeRequest {
  readonly explain?: { readonly plan: Plan; readonly explain_mode: ExplainMode }
  readonly input_files?: { readonly plan: Plan }
  readonly spark_version?: object
}

/** `EXTENDED` binds and plans, and tells both; `COST` adds what is known of sizes. */
export type ExplainMode = 'EXPLAIN_MODE_EXTENDED' | 'EXPLAIN_MODE_COST'

export interface AnalyzeResponse {
  readonly explain?: { readonly explain_string: string }
  readonly input_files?: { readonly files: readonly string[] }
  readonly spark_version?: { readonly version: string }
}

/** A type as the protocol has it: one field, named for its kind. */
export type DataType = Readonly<Record<string, unknown>> & { readonly kind: string }

export interface StructType {
  readonly fields?: readonly { readonly name: string; readonly data_type: DataType }[]
}

export interface ExecuteResponse {
  readonly response_id?: string
  /** Stands in the last one of an operation; calls may end before. */
  readonly result_complete?: object | null
  readonly schema?: { readonly struct?: StructType } | null
  readonly arrow_batch?: { readonly data: Buffer } | null
}

type Answered<Response> = (error: ServiceError | null, response: Response) => void
type Unary<Request, Response> = (
  request: Caller & Request,
  metadata: Metadata,
  options: CallOptions,
  answered: Answered<Response>,
) => void

type Streaming<Request> = (
  request: Caller & Request,
  metadata: Metadata,
) => ClientReadableStream<ExecuteResponse>

interface InterruptRequest {
  readonly interrupt_type: 'INTERRUPT_TYPE_OPERATION_ID'
  readonly operation_id: string
}

/** Without `reattach_options` an operation whose caller is gone goes on for ever; with them the server ends it in time. */
interface ExecuteRequest {
  readonly plan: Plan
  readonly operation_id: string
  readonly request_options: readonly [
    { readonly reattach_options: { readonly reattachable: true } },
  ]
}

interface ReattachRequest {
  readonly operation_id: string
  /** The last one that came; all of them are sent again where there is none. */
  readonly last_response_id?: string
}

interface ReleaseRequest {
  readonly operation_id: string
  readonly release_all: object
}

export interface ConfigResponse {
  readonly server_side_session_id: string
}

interface ConfigRequest {
  readonly operation: {
    readonly set: { readonly pairs: readonly { readonly key: string; readonly value: string }[] }
  }
}

export interface ConnectService {
  AnalyzePlan: Unary<AnalyzeRequest, AnalyzeResponse>
  ExecutePlan: Streaming<ExecuteRequest>
  ReattachExecute: Streaming<ReattachRequest>
  ReleaseExecute: Unary<ReleaseRequest, object>
  Config: Unary<ConfigRequest, ConfigResponse>
  Interrupt: Unary<InterruptRequest, object>
  ReleaseSession: Unary<object, object>
  close(): void
}

interface Definitions {
  readonly spark: {
    readonly connect: {
      readonly SparkConnectService: new (
        at: string,
        secrecy: ReturnType<typeof credentials.createInsecure>,
        options: Readonly<Record<string, number>>,
      ) => ConnectService
    }
  }
}

const descriptors = join(packageRoot, 'data/spark/protocol/spark-connect.binpb')

/** Of one message; one batch of rows has four megabytes, unless a single cell is larger. */
const maxMessageBytes = 72_000_000
const reconnectMs = { least: 100, most: 2_000 }

let definitions: Definitions | undefined

/** Connects at the first call, and anew whenever the connection is gone. */
export function connectTo({ host, port, tls }: SparkAddress): ConnectService {
  definitions ??= readDefinitions()
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const secrecy = tls === false ? credentials.createInsecure() : credentials.createSsl(tls.ca)
  return new definitions.spark.connect.SparkConnectService(at, secrecy, {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.initial_reconnect_backoff_ms': reconnectMs.least,
    'grpc.max_reconnect_backoff_ms': reconnectMs.most,
    'grpc.enable_retries': 0,
    // Two databases on one server do not share a connection that one of them closes.
    'grpc.use_local_subchannel_pool': 1,
  })
}

function readDefinitions(): Definitions {
  const read = loadFileDescriptorSetFromBuffer(readFileSync(descriptors), {
    keepCase: true,
    longs: String,
    enums: String,
    oneofs: true,
  })
  return loadPackageDefinition(read) as unknown as Definitions
}
