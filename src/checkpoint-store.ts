/** LangGraph's checkpoints in the store's SQLite file. A turn that cannot be kept is answered all the same, and says so. */
import type { RunnableConfig } from '@langchain/core/runnables'
import type { Checkpoint, CheckpointMetadata, PendingWrite } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { type StoreError, storeErrorOf } from '../data/store/store-error.js'
import {
  closeStoreFile,
  inTransaction,
  openStoreFile,
  type StoreFile,
} from '../data/store/store-file.js'

export class CheckpointStore extends SqliteSaver {
  readonly #file: StoreFile
  readonly #failures = new Map<string, StoreError>()

  /** Throws `StoreError`. `NORMAL`: the turn that follows the last checkpoint waits for the disk, and has it write both. */
  constructor(path: string) {
    const file = openStoreFile(path, 'NORMAL')
    super(withSafeTransactions(file) as never)
    this.#file = file
    try {
      this.setup()
    } catch (error) {
      file.close()
      throw storeErrorOf(error) ?? error
    }
  }

  override async getTuple(config: RunnableConfig) {
    try {
      return await super.getTuple(config)
    } catch (error) {
      this.#remember(config, error)
      return undefined
    }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    try {
      return await super.put(config, checkpoint, metadata)
    } catch (error) {
      this.#remember(config, error)
      return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } }
    }
  }

  override async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
  ): Promise<void> {
    try {
      await super.putWrites(config, writes, taskId)
    } catch (error) {
      this.#remember(config, error)
    }
  }

  /** Why the thread's newest steps were not kept, if so; asked once. */
  takeFailure(thread: string): StoreError | undefined {
    const failure = this.#failures.get(thread)
    this.#failures.delete(thread)
    return failure
  }

  /** A conversation goes on from its last step; the ones before it are only needed while a question is under way. */
  keepLastStep(thread: string): void {
    const newest = '(SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?)'
    inTransaction(this.#file, () => {
      for (const table of ['checkpoints', 'writes']) {
        const sql = `DELETE FROM ${table} WHERE thread_id = ? AND checkpoint_id < ${newest}`
        this.#file.prepare(sql).run(thread, thread)
      }
    })
  }

  close(): void {
    closeStoreFile(this.#file)
  }

  #remember({ configurable }: RunnableConfig, error: unknown): void {
    const failure = storeErrorOf(error)
    if (!failure) throw error
    this.#failures.set(String(configurable?.thread_id), failure)
  }
}

/** The library's own transactions hide a full disk behind the failure to roll back what the engine has rolled back itself. */
function withSafeTransactions(file: StoreFile): object {
  const transaction =
    (work: (...given: readonly unknown[]) => unknown) =>
    (...given: readonly unknown[]) =>
      inTransaction(file, () => work(...given))
  return Object.assign(file, { transaction })
}
