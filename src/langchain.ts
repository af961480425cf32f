/** The package's door for LangChain and LangGraph, `parley/langchain`. */
export {
  type AnswerGraphOptions,
  createAnswerGraph,
  ParleyState,
} from './langchain/answer-graph.js'
export { type AskTool, type AskToolOptions, createAskTool } from './langchain/ask-tool.js'
