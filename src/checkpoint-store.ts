/** LangGraph's checkpoints where the turns are kept. A turn that cannot be kept is answered all the same, and says so. */
import type { RunnableConfig } from '@langchain/core/runnables'
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint'
import type { StoreError } from '../data/store/store-error.js'

/** One of LangGraph's savers, and what we need beyond. */
export interface CheckpointPlace {
  readonly saver: BaseCheckpointSaver
  /** Removes all but the thread's newest step. Rejects with `StoreError`. */
  keepLastStep(thread: string): Promise<void>
  /** Undefined for a mistake of ours. */
  failureOf(error: unknown): StoreError | undefined
  close(): Promise<void>
}

export class CheckpointStore extends BaseCheckpointSaver {
  readonly #place: CheckpointPlace
  readonly #failures = new Map<string, StoreError>()

  constructor(place: CheckpointPlace) {
    super()
    this.#place = place
  }

  async getTuple(config: RunnableConfig) {
    try {
      return await this.#place.saver.getTuple(config)
    } catch (error) {
      this.#remember(config, error)
      return undefined
    }
  }

  list(config: RunnableConfig, options?: CheckpointListOptions) {
    return this.#place.saver.list(config, options)
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    try {
      return await this.#place.saver.put(config, checkpoint, metadata, newVersions)
    } catch (error) {
      this.#remember(config, error)
      return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } }
    }
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    try {
      await this.#place.saver.putWrites(config, writes, taskId)
    } catch (error) {
      this.#remember(config, error)
    }
  }

  /** Rejects with `StoreError`. */
  async deleteThread(thread: string): Promise<void> {
    try {
      await this.#place.saver.deleteThread(thread)
    } catch (error) {
      throw this.#place.failureOf(error) ?? error
    }
  }

  /** Why the thread's newest steps were not kept, if so; asked once. */
  takeFailure(thread: string): StoreError | undefined {
    const failure = this.#failures.get(thread)
    this.#failures.delete(thread)
    return failure
  }

  /** A conversation goes on from its last step; the ones before it are only needed while a question is under way. */
  keepLastStep(thread: string): Promise<void> {
    return this.#place.keepLastStep(thread)
  }

  close(): Promise<void> {
    return this.#place.close()
  }

  #remember({ configurable }: RunnableConfig, error: unknown): void {
    const failure = this.#place.failureOf(error)
    if (!failure) throw error
    this.#failures.set(String(configurable?.thread_id), failure)
  }
}
