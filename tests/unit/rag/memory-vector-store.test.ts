/** The in-process index keeps the contract of a vector index. */
import { MemoryVectorStore } from '../../../rag/memory-vector-store.js'
import { describeVectorIndex } from '../../contracts/vector-index.contract.js'

describeVectorIndex('MemoryVectorStore', async (embedder) => new MemoryVectorStore(embedder))
